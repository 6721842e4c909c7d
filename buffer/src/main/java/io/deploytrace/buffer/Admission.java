package io.deploytrace.buffer;

/**
 * Bounds the bytes in memory. Calls that go straight to the spool have room of their own, a quarter of the rest, so that
 * they get there while the queue is full. Guarded by the lock of {@link CallQueue}.
 */
final class Admission {

    /** Where a call may go now. */
    enum Route {
        MEMORY,
        SPOOLER,
        WAIT,
        REFUSE
    }

    private static final int SHARE_OF_THE_SPOOLER = 4;

    private final long maximum;
    private final WhenFull whenFull;
    private long queued;
    private long direct;

    Admission(long maximum, WhenFull whenFull) {
        this.maximum = maximum;
        this.whenFull = whenFull;
    }

    WhenFull whenFull() {
        return whenFull;
    }

    long maximum() {
        return maximum;
    }

    long bytes() {
        return queued + direct;
    }

    Route route(Call call, boolean mustSpool) {
        if (!mustSpool && queued + call.bytes <= maximum) {
            return Route.MEMORY;
        }
        if (mustSpool || whenFull.choice() == WhenFull.Choice.SPILL) {
            var fits = direct == 0 || direct + call.bytes <= maximum / SHARE_OF_THE_SPOOLER;
            return fits ? Route.SPOOLER : Route.WAIT;
        }
        var hopeless = whenFull.choice() == WhenFull.Choice.REFUSE || call.bytes > maximum;
        return hopeless ? Route.REFUSE : Route.WAIT;
    }

    void take(Call call, Route route) {
        call.direct = route == Route.SPOOLER;
        add(call, call.bytes);
    }

    void release(Call call) {
        add(call, -call.bytes);
    }

    private void add(Call call, long bytes) {
        if (call.direct) {
            direct += bytes;
        } else {
            queued += bytes;
        }
    }
}
