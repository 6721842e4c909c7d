package io.deploytrace.server;

import static java.util.stream.Collectors.groupingBy;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TraceChanges;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store what changed, for all streams at once, while there are any. Streams of one workspace that are at the same position
 * share one question, and after it they are at the same position. While the store can't answer, streams wait where they are. Safe for
 * use by several threads.
 */
final class EventHub implements AutoCloseable {

    /** How many traces are read for a stream at once. */
    private static final int PAGE = 200;

    /** Those who come within this time are served together. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private static final Duration WITHOUT_STORE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final TraceChanges changes;
    private final Duration interval;
    private final Duration timeout;
    private final Duration recheck;
    private final EventMeters meters;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<EventStream> streams = new HashSet<>();
    private @Nullable ScheduledFuture<?> next;
    private boolean closed;
    private long checkedAt = System.nanoTime();
    private boolean failing;

    /**
     * A hub without streams.
     *
     * @param interval how often the store is asked
     * @param timeout how long it may take
     * @param recheck how often it is checked whether those who listen still may
     */
    EventHub(TraceChanges changes, Duration interval, Duration timeout, Duration recheck, EventMeters meters) {
        this.changes = changes;
        this.interval = interval;
        this.timeout = timeout;
        this.recheck = recheck;
        this.meters = meters;
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            var poller = new Thread(work, "deploytrace-events");
            poller.setDaemon(true);
            return poller;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        meters.watch(this::count, this::waitingBytes);
    }

    private synchronized int count() {
        return streams.size();
    }

    private long waitingBytes() {
        List<EventStream> all;
        synchronized (this) {
            all = List.copyOf(streams);
        }
        return all.stream().mapToLong(EventStream::waitingBytes).sum();
    }

    /** Serves a stream from now on until it ends; false if the hub is closed. */
    boolean add(EventStream stream) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            stream.whenDrained(this::wake);
            streams.add(stream);
        }
        stream.whenEnded(() -> remove(stream));
        wake();
        return true;
    }

    private synchronized void remove(EventStream stream) {
        streams.remove(stream);
        if (streams.isEmpty() && next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private synchronized void wake() {
        schedule(GATHERING);
    }

    private void schedule(Duration delay) {
        if (closed || streams.isEmpty()) {
            return;
        }
        if (next != null) {
            if (next.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
                return;
            }
            next.cancel(false);
        }
        next = thread.schedule(this::poll, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void poll() {
        var all = begin();
        try {
            check(all);
            ask(all.stream().filter(EventStream::isReady).toList());
            recovered();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        end();
    }

    private synchronized List<EventStream> begin() {
        next = null;
        return List.copyOf(streams);
    }

    private synchronized void end() {
        schedule(failing && interval.compareTo(WITHOUT_STORE) < 0 ? WITHOUT_STORE : interval);
    }

    private synchronized void recovered() {
        if (failing) {
            LOG.info("Changes can be read again; event streams go on.");
        }
        failing = false;
    }

    private synchronized void failed(Throwable failure) {
        if (!failing && !closed) {
            LOG.warn("Changes can't be read, so event streams wait: {}", failure.getMessage(), failure);
        }
        failing = true;
    }

    /** Nothing is told before it is known that those who listen still may. */
    private void check(List<EventStream> all) {
        if (System.nanoTime() - checkedAt < recheck.toNanos()) {
            return;
        }
        var admissions = all.stream().collect(groupingBy(EventStream::admission));
        var authenticated = new HashMap<EventAdmission, CompletableFuture<Principal>>();
        admissions.keySet().forEach(admission -> authenticated.put(admission, admission.authenticate(timeout)));
        authenticated.forEach((admission, principal) -> {
            if (!admission.isValid(principal, timeout)) {
                admissions.getOrDefault(admission, List.of()).forEach(EventStream::end);
            }
        });
        checkedAt = System.nanoTime();
    }

    private void ask(List<EventStream> ready) {
        if (ready.isEmpty()) {
            return;
        }
        var groups = ready.stream().collect(groupingBy(EventStream::request));
        meters.poll(() -> {
            try {
                ask(groups, groups.keySet());
            } catch (RuntimeException e) {
                if (groups.size() == 1 || (e instanceof SpanStoreException failure && failure.isRetryable())) {
                    throw e;
                }
                askEach(groups);
            }
        });
    }

    /** One question that can't be answered leaves the streams of the others as they are. */
    private void askEach(Map<ChangesRequest, List<EventStream>> groups) {
        RuntimeException last = null;
        for (var request : groups.keySet()) {
            try {
                ask(groups, Set.of(request));
            } catch (RuntimeException e) {
                last = e;
            }
        }
        if (last != null) {
            throw last;
        }
    }

    private void ask(Map<ChangesRequest, List<EventStream>> groups, Set<ChangesRequest> together) {
        var requests = List.copyOf(together);
        var answers = changes.since(requests, PAGE, Deadline.after(timeout));
        for (var i = 0; i < requests.size(); i++) {
            tell(groups.getOrDefault(requests.get(i), List.of()), answers.get(i));
        }
    }

    private void tell(List<EventStream> group, ChangedTraces changed) {
        var text = group.get(0).text();
        var isLost = changed.status() == Status.LOST;
        var chunks =
                isLost ? List.of(text.reset(changed.position())) : text.traces(changed.traces(), changed.position());
        for (var stream : group) {
            stream.tell(chunks, changed.position(), changed.status() == Status.MORE);
            meters.sent(changed.traces().size());
            if (isLost) {
                meters.reset();
            }
        }
    }

    /** Ends all streams, and takes no others. */
    @Override
    public void close() {
        List<EventStream> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(streams);
        }
        thread.shutdown();
        all.forEach(EventStream::end);
    }
}
