package io.deploytrace.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.EventText;
import io.deploytrace.store.ChangesRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one client hears. What it has not read yet waits here, up to a bound; beyond that nothing more is read for it from the store,
 * where changes lose nothing by waiting. A client that takes nothing for too long is cut off. Safe for use by several threads.
 */
final class EventStream {

    /** How long a stream that ends waits for its client. */
    private static final Duration LAST_READ = Duration.ofSeconds(1);

    private final ServiceRequestContext context;
    private final EventAdmission admission;
    private final EventText text;
    private final Patience patience;
    private final EventMeters meters;
    private final HttpResponseWriter response = HttpResponse.streaming();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private String position;
    private long waitingBytes;
    private boolean isWriting;
    private long writingSince;
    private boolean hasMore;
    private boolean isEnding;
    private Runnable whenDrained = () -> {};

    /**
     * How a client is treated.
     *
     * @param heartbeat how often it is told that it still is connected
     * @param taking how long it may take to read a part of what is sent
     * @param bytes how many bytes may wait for it
     */
    record Patience(Duration heartbeat, Duration taking, long bytes) {}

    /**
     * A stream that begins at a position.
     *
     * @param admission what let it in
     */
    EventStream(
            ServiceRequestContext context,
            EventAdmission admission,
            EventText text,
            String position,
            Patience patience,
            EventMeters meters) {
        this.context = context;
        this.admission = admission;
        this.text = text;
        this.position = position;
        this.patience = patience;
        this.meters = meters;
    }

    /** Begins to send. The client knows its position from the beginning, so that it can go on from there. */
    HttpResponse open(ResponseHeaders headers) {
        context.clearRequestTimeout();
        response.write(headers);
        heartbeat();
        var period = patience.heartbeat().toMillis();
        var beats = context.eventLoop().scheduleAtFixedRate(this::heartbeat, period, period, TimeUnit.MILLISECONDS);
        var unused = response.whenComplete().whenComplete((done, gone) -> {
            beats.cancel(false);
            countIfCutOff();
        });
        return response;
    }

    /** The connection has a limit of the same length, which began when the client last took something, so it may pass first. */
    private synchronized void countIfCutOff() {
        if (isWriting && System.nanoTime() - writingSince >= patience.taking().toNanos() / 2) {
            meters.cutOff();
        }
    }

    /** Runs something when the stream has ended, whoever ended it. */
    void whenEnded(Runnable action) {
        var unused = response.whenComplete().whenComplete((done, gone) -> action.run());
    }

    /** Runs something each time when the client took all of a page that others follow. */
    synchronized void whenDrained(Runnable action) {
        whenDrained = action;
    }

    EventAdmission admission() {
        return admission;
    }

    EventText text() {
        return text;
    }

    /** What to ask the store for it. */
    synchronized ChangesRequest request() {
        return new ChangesRequest(text.workspaceId(), position);
    }

    /** How many bytes wait for the client. */
    synchronized long waitingBytes() {
        return waitingBytes;
    }

    /** Whether it takes more. */
    synchronized boolean isReady() {
        return waitingBytes < patience.bytes() && !(hasMore && waitingBytes > 0);
    }

    /** It knows all up to the position once it has read the chunks. */
    synchronized void tell(List<byte[]> chunks, String next, boolean more) {
        if (isEnding) {
            return;
        }
        position = next;
        hasMore = more;
        chunks.forEach(this::send);
    }

    private synchronized void heartbeat() {
        if (!isWriting) {
            send(text.heartbeat(position));
        }
    }

    private void send(byte[] chunk) {
        waiting.add(chunk);
        waitingBytes += chunk.length;
        if (!isWriting) {
            writeNext();
        }
    }

    private void writeNext() {
        var chunk = waiting.poll();
        isWriting = chunk != null && response.tryWrite(HttpData.wrap(chunk));
        if (chunk == null || !isWriting) {
            return;
        }
        writingSince = System.nanoTime();
        var cutOff =
                context.eventLoop().schedule(this::cutOff, patience.taking().toMillis(), TimeUnit.MILLISECONDS);
        var unused = response.whenConsumed()
                .whenComplete((taken, gone) -> cutOff.cancel(false))
                .thenRunAsync(() -> taken(chunk.length), context.eventLoop());
    }

    private void taken(int bytes) {
        Runnable drained = () -> {};
        synchronized (this) {
            waitingBytes -= bytes;
            if (isEnding && waiting.isEmpty()) {
                response.close();
                return;
            }
            writeNext();
            if (hasMore && waitingBytes == 0) {
                drained = whenDrained;
            }
        }
        drained.run();
    }

    private void cutOff() {
        leave(new TimeoutException("The client of an event stream didn't read for "
                + patience.taking().toMillis() + " ms"));
    }

    /** Over HTTP/2 what the client doesn't take would keep the stream, and its place, until the connection ends. */
    private void leave(TimeoutException late) {
        response.close(late);
        context.cancel(late);
    }

    /**
     * Ends it in order once the client has taken what waits for it: it may come again. One that doesn't is left soon. Over HTTP/2 the end
     * itself must not wait for the client, since nothing ends the stream from then on; two more parts show that it still reads.
     */
    synchronized void end() {
        if (isEnding) {
            return;
        }
        isEnding = true;
        send(text.heartbeat(position));
        send(text.heartbeat(position));
        var late = new TimeoutException("The client of an event stream that ends didn't read its rest");
        var unused = context.eventLoop().schedule(() -> leave(late), LAST_READ.toMillis(), TimeUnit.MILLISECONDS);
    }
}
