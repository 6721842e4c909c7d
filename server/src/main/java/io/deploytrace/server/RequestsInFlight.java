package io.deploytrace.server;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Admits requests while not too many others are being answered: in all, and of each sender, who by default may have half of the places, so
 * that none keeps the others out. Safe for use by several threads.
 */
final class RequestsInFlight {

    private final int maximum;
    private final int share;
    private final Map<Object, Integer> bySender = new HashMap<>();
    private int count;

    RequestsInFlight(int maximum) {
        this(maximum, Math.max(1, maximum / 2));
    }

    /**
     * A number of places.
     *
     * @param share how many of them one sender may have
     */
    RequestsInFlight(int maximum, int share) {
        this.maximum = maximum;
        this.share = share;
    }

    /** How many there are. */
    synchronized int count() {
        return count;
    }

    /**
     * Takes a place until the request is answered, or its client went away.
     *
     * @throws RefusedException if there is none
     */
    void admit(ServiceRequestContext context, Principal principal) {
        if (!enter(principal)) {
            throw Refusal.tooMany(
                            "This server is answering as many requests as it can, or as many of yours. Send the same request again.")
                    .exception();
        }
        var unused = context.log().whenComplete().thenRun(() -> leave(principal));
    }

    private synchronized boolean enter(Principal principal) {
        var own = bySender.getOrDefault(principal.sharer(), 0);
        if (count >= maximum || (own >= share && !principal.equals(Principal.Holder.ANYONE))) {
            return false;
        }
        bySender.put(principal.sharer(), own + 1);
        count++;
        return true;
    }

    private synchronized void leave(Principal principal) {
        bySender.computeIfPresent(principal.sharer(), (sharer, own) -> own == 1 ? null : own - 1);
        count--;
    }
}
