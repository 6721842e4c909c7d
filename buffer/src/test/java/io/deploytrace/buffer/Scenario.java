package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Callers that write growing traces through one buffer in every way, and remember what was promised to them. */
final class Scenario {

    private static final int CALLERS = 6;
    private static final int TRACES_OF_A_CALLER = 3;
    private static final int CALLS = 40;

    final InMemorySpanStore store = new InMemorySpanStore();
    final UUID workspace = UUID.randomUUID();
    private final long seed;

    /** Of each trace the last version that was acknowledged. */
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

    private final Map<String, List<Span>> firsts = new ConcurrentHashMap<>();

    Scenario(long seed) {
        this.seed = seed;
        store.addWorkspace(workspace);
    }

    /** Makes all calls and answers when each has been answered. */
    void run(BufferedSpanWriter buffer) throws Exception {
        var callers = new ArrayList<Callable<Void>>();
        for (var i = 0; i < CALLERS; i++) {
            var random = new Random(seed * 31 + i);
            var fixtures = new Fixtures(random.nextLong());
            callers.add(() -> call(buffer, random, fixtures));
        }
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            for (var caller : threads.invokeAll(callers)) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void call(BufferedSpanWriter buffer, Random random, Fixtures fixtures) {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < TRACES_OF_A_CALLER; i++) {
            var trace = fixtures.stopped(workspace, "target-" + i, io.deploytrace.vocabulary.Status.BLOCKED);
            firsts.put(trace.get(0).traceId(), trace);
            traces.add(trace);
        }
        var answers = new ArrayList<CompletableFuture<?>>();
        for (var version = 1; version <= CALLS; version++) {
            var trace = traces.get(random.nextInt(traces.size()));
            if (random.nextInt(12) == 0) {
                poison(buffer, fixtures);
            }
            answers.add(one(
                    buffer,
                    random.nextInt(3),
                    version(trace, version),
                    Duration.ofMillis(10 + random.nextInt(300)),
                    version));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        return null;
    }

    private CompletableFuture<?> one(BufferedSpanWriter buffer, int way, List<Span> spans, Duration time, int version) {
        var traceId = spans.get(0).traceId();
        var deadline = Deadline.after(time);
        try {
            if (way == 0) {
                return buffer.submit(spans, deadline).handle((result, failure) -> {
                    if (failure == null) {
                        acknowledge(traceId, version);
                    } else {
                        assertIsOfTime(failure);
                    }
                    return null;
                });
            }
            if (way == 1) {
                buffer.write(spans, deadline);
            } else {
                buffer.handOver(spans, deadline);
            }
            acknowledge(traceId, version);
        } catch (SpanStoreException failure) {
            assertIsOfTime(failure);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void acknowledge(String traceId, int version) {
        acknowledged.merge(traceId, version, Math::max);
    }

    private static void assertIsOfTime(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        e -> assertThat(e.isRetryable()).as(e.getMessage()).isTrue());
    }

    private void poison(BufferedSpanWriter buffer, Fixtures fixtures) {
        var span = fixtures.single(workspace).get(0);
        var poisoned = new Span(
                span.traceId(),
                span.spanId(),
                null,
                UnreliableWriter.POISON,
                span.startTime(),
                span.endTime(),
                span.attributes(),
                List.of());
        try {
            var result = buffer.write(List.of(poisoned), Deadline.after(Duration.ofMillis(200)));
            assertThat(result.held())
                    .as("a poisoned span can be held, not stored")
                    .isEqualTo(1);
        } catch (SpanStoreException failure) {
            assertThat(failure.reason())
                    .isIn(Reason.CONFLICT, Reason.DEADLINE_PASSED, Reason.UNAVAILABLE, Reason.OVERLOADED);
        }
    }

    /** The trace with open spans that have grown. */
    static List<Span> version(List<Span> trace, int version) {
        return trace.stream()
                .map(span -> {
                    var events = new ArrayList<SpanEvent>();
                    for (var i = 0; i < version; i++) {
                        events.add(new SpanEvent("e" + i, span.startTime(), io.deploytrace.span.Attributes.empty()));
                    }
                    var attributes = span.attributes().toBuilder()
                            .put(UnreliableWriter.VERSION, version)
                            .build();
                    return new Span(
                            span.traceId(),
                            span.spanId(),
                            span.parentSpanId(),
                            span.name(),
                            span.startTime(),
                            null,
                            attributes,
                            events);
                })
                .toList();
    }

    /** Fails unless every acknowledged version is stored, exactly, or a later one of which no one was told. */
    void assertStoresWhatWasAcknowledged() {
        assertThat(acknowledged).isNotEmpty();
        acknowledged.forEach((traceId, version) -> {
            var stored = store.trace(workspace, traceId, Deadline.after(Duration.ofMinutes(1)));
            assertThat(stored).as(traceId).isNotEmpty();
            var found = (Long) stored.get(0).attributes().get(UnreliableWriter.VERSION);
            assertThat(found).as(traceId).isGreaterThanOrEqualTo(version.longValue());
            assertThat(stored).isEqualTo(version(firsts.get(traceId), found.intValue()));
        });
    }
}
