package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.TraceMaintenance.Removed;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The read model is at all times what the spans say. */
class ReadModelTest extends ReadingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readModel_afterAGeneratedHistory_equalsItsRebuild(long seed) {
        var random = new Random(seed);
        var spans = generate(random, workspace, 30);
        for (var write : split(random, spans)) {
            reader.write(write, deadline);
            assertThat(maintenance.reindex(workspace, random.nextBoolean(), deadline))
                    .isZero();
        }

        assertIsRebuild();
        assertThat(spans.stream().map(Span::traceId).distinct().count())
                .isEqualTo(Long.parseLong(database.queryValue("SELECT count(*) FROM deployment_trace")));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void readModel_ofTwoProgramsThatWriteTheSameTraces_isTrueAfterASweep(long seed) {
        var random = new Random(seed);
        for (var write : split(random, generate(random, workspace, 20))) {
            if (random.nextBoolean()) {
                reader.write(write, deadline);
            } else {
                program.write(Instant.now(), unseen(write));
            }
        }
        maintenance.reindex(workspace, false, deadline);

        assertIsRebuild();
    }

    @Test
    void reindex_besideWritersOfTheSameTraces_losesNothing() throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (var seed = 10; seed < 14; seed++) {
            var random = new Random(seed);
            var writes = split(random, generate(new Random(9), workspace, 25));
            tasks.add(() -> {
                writes.forEach(write -> reader.write(write, deadline));
                return null;
            });
        }
        for (var all : List.of(true, false)) {
            tasks.add(() -> {
                for (var i = 0; i < 15; i++) {
                    maintenance.reindex(workspace, all, deadline);
                }
                return null;
            });
        }
        runAll(tasks);

        assertIsRebuild();
        for (var span : generate(new Random(9), workspace, 25)) {
            assertThat(reader.trace(workspace, span.traceId(), deadline))
                    .filteredOn(stored -> stored.key().equals(span.key()))
                    .hasSize(1);
        }
    }

    @Test
    void prune_besideWritersOfTheSameTraces_leavesATrueReadModel() throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (var seed = 20; seed < 23; seed++) {
            var writes = split(new Random(seed), generate(new Random(19), workspace, 25));
            tasks.add(() -> {
                writes.forEach(write -> reader.write(write, deadline));
                return null;
            });
        }
        tasks.add(() -> {
            for (var i = 0; i < 15; i++) {
                maintenance.prune(workspace, Instant.now().plusSeconds(3_600), removed -> {}, deadline);
                maintenance.reindex(workspace, true, deadline);
            }
            return null;
        });
        runAll(tasks);

        assertIsRebuild();
        maintenance.prune(workspace, Instant.now().plusSeconds(3_600), removed -> {}, deadline);
        assertThat(maintenance.countOlderThan(workspace, Instant.MAX, deadline)).isEqualTo(new Removed(0, 0));
        assertThat(database.queryValue("SELECT count(*) FROM deployment_trace")).isEqualTo("0");
    }

    /** One copy of each span that isn't stored: another program knows no completion of open spans. */
    private List<Span> unseen(List<Span> spans) {
        var unseen = new LinkedHashMap<SpanKey, Span>();
        spans.forEach(span -> unseen.put(span.key(), span));
        for (var span : spans) {
            reader.trace(workspace, span.traceId(), deadline).forEach(stored -> unseen.remove(stored.key()));
        }
        return List.copyOf(unseen.values());
    }

    private void assertIsRebuild() {
        assertThat(maintenance.reindex(workspace, true, deadline)).isZero();
        var page = PageRequest.first(1_000);
        for (var stored :
                reader.traces(workspace, TraceFilter.ALL, page, deadline).items()) {
            var spans = reader.trace(workspace, stored.summary().traceId(), deadline);
            assertThat(stored.summary()).isEqualTo(TraceSummary.of(spans));
        }
        assertThat(database.queryValue("SELECT count(DISTINCT trace_id) FROM deployment_trace_span"))
                .isEqualTo(database.queryValue("SELECT count(*) FROM deployment_trace"));
    }

    private static void runAll(List<Callable<Void>> tasks) throws Exception {
        var threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (var result : threads.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Traces of up to 8 spans, some of them open first and ended later. */
    private static List<Span> generate(Random random, UUID workspaceId, int traces) {
        var spans = new ArrayList<Span>();
        for (var trace = 1; trace <= traces; trace++) {
            var size = 1 + random.nextInt(8);
            for (var sequence = 0; sequence < size; sequence++) {
                var ended = generate(random, workspaceId, trace, sequence);
                if (random.nextInt(3) == 0) {
                    spans.add(withoutEnd(ended));
                }
                if (random.nextInt(10) > 0) {
                    spans.add(ended);
                }
            }
        }
        return spans;
    }

    private static Span generate(Random random, UUID workspaceId, int trace, int sequence) {
        var types = List.of("evaluation", "check", "decision", "action");
        var phases = List.of("planning", "eligibility", "execution", "action");
        var statuses = List.of("completed", "failed", "allowed", "blocked", "pending", "skipped");
        var span = TestSpan.of(workspaceId, trace, sequence).target("target-" + trace % 5);
        if (sequence > 0) {
            span.is(pick(random, phases), pick(random, types), pick(random, statuses))
                    .with(AttributeKeys.MESSAGE, "because " + random.nextInt())
                    .event("noted", Attributes.of("number", random.nextLong()));
        }
        return trace % 6 == 5 ? span.parentTrace(trace - 1).build() : span.build();
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Span withoutEnd(Span span) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                null,
                span.attributes(),
                List.of());
    }

    private static List<List<Span>> split(Random random, List<Span> spans) {
        var shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, random);
        var writes = new ArrayList<List<Span>>();
        for (var from = 0; from < shuffled.size(); ) {
            var to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
            writes.add(shuffled.subList(from, to));
            from = to;
        }
        return writes;
    }
}
