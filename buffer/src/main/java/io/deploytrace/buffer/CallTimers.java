package io.deploytrace.buffer;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends calls that no thread waits for when their time is up. Its one thread ends when there has been no such call for a while. */
final class CallTimers {

    private final ScheduledThreadPoolExecutor timers;

    CallTimers() {
        timers = new ScheduledThreadPoolExecutor(1, work -> Threads.named("deploytrace-buffer-deadlines", work));
        timers.setRemoveOnCancelPolicy(true);
        timers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timers.setKeepAliveTime(10, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the action once the time has passed, unless the call has been answered by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // cancelling can't fail
    void after(long nanos, Call call, Runnable action) {
        var timer = timers.schedule(action, nanos, TimeUnit.NANOSECONDS);
        call.answer.whenComplete((result, failure) -> timer.cancel(false));
    }

    /** Runs no more actions, and takes none: all calls have been answered by then. */
    void stop() {
        timers.shutdown();
    }
}
