package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.AttributeKeys;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Spans that come after those of their trace which are stored, and without them. */
class AppendedSpansTest {

    private static final int LARGE_SPANS = 12;
    private static final int SIZE = 3 * 1_048_576;
    private static final long MOST_ALLOCATED = 4 * 1_048_576;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @Test
    void write_toATraceOfLargeSpans_takesLittleMemory() {
        for (var number = 0; number < LARGE_SPANS; number++) {
            write(large(number));
        }
        write(step(LARGE_SPANS).build());

        var allocated = allocatedBy(() -> write(step(LARGE_SPANS + 1).build(), large(3)));

        assertThat(allocated).isLessThan(MOST_ALLOCATED + 4 * SIZE);
        assertThat(allocatedBy(() -> write(step(LARGE_SPANS + 2).build()))).isLessThan(MOST_ALLOCATED);
        assertSummary(LARGE_SPANS + 3);
    }

    private Span large(int number) {
        var text = "x".repeat(SIZE / 3);
        return step(number)
                .with("first", text)
                .with("second", text)
                .event("noted", Attributes.of("third", text))
                .build();
    }

    @Test
    void write_toATraceOfManySpans_readsThemInParts() {
        var spans = IntStream.range(0, StoredSpans.FETCH_SIZE + 7)
                .mapToObj(number -> step(number).build())
                .toList();
        store.write(spans, deadline());

        assertThat(write(step(spans.size()).open().build())).isEqualTo(new WriteResult(1, 0, 0));

        assertSummary(spans.size() + 1);
    }

    @Test
    void write_afterTheCause_keepsItsTextsAsTheyWereInFull() {
        write(step(0).with(AttributeKeys.TRIGGER, "t".repeat(1_200)).build(), step(1).build(), longTexts());
        for (var number = 3; number < 5; number++) {
            write(step(number).is("planning", "check", "failed").build());
        }

        var summary = assertSummary(5);
        var cause = summary.cause();
        assertThat(cause).isNotNull();
        assertThat(cause.name()).startsWith("n".repeat(999)).endsWith("…");
        assertThat(cause.rule()).startsWith("🚀".repeat(400));
        assertThat(cause.message()).isEqualTo("no connection");
        assertThat(summary.trigger()).startsWith("t".repeat(999)).endsWith("…");
    }

    private Span longTexts() {
        return step(2).is("planning", "evaluation", "blocked")
                .name("n".repeat(2_000))
                .with(AttributeKeys.RULE_ID, "🚀".repeat(600))
                .event("exception", Attributes.of("exception.message", "no connection"))
                .build();
    }

    @Test
    void write_ofWhatAnotherProgramWroteWithoutColumns_takesItsAttributes() {
        write(step(0).build(), step(1).is("execution", "action", "failed").build());
        database.execute(
                "update deployment_trace_span set phase = null, node_type = null, status = null, sequence = null,"
                        + " release_target_key = null");

        write(step(2).build());

        assertSummary(3);
    }

    @Test
    void write_ofOpenSpansThatAreStoredOpen_replacesThoseThatHaveGrown() {
        write(step(0).build(), open(1, "as it was"), open(2, "one", "two"), open(3), open(4, "noted"));

        var result = write(open(1, "as it was"), open(2, "one"), open(3, "grown"), step(4).build(), open(5));

        assertThat(result).isEqualTo(new WriteResult(1, 2, 2));
        assertThat(store.trace(workspace, TestSpan.traceId(1), deadline()))
                .containsExactly(
                        step(0).build(),
                        open(1, "as it was"),
                        open(2, "one", "two"),
                        open(3, "grown"),
                        step(4).build(),
                        open(5));
        assertSummary(6);
    }

    private Span open(int number, String... events) {
        var span = step(number).open();
        for (var event : events) {
            span.event(event, Attributes.empty());
        }
        return span.build();
    }

    private TestSpan step(int number) {
        return TestSpan.of(workspace, 1, number);
    }

    private WriteResult write(Span... spans) {
        return store.write(List.of(spans), deadline());
    }

    /** The stored summary, which is that of the whole spans. */
    private TraceSummary assertSummary(int spanCount) {
        var spans = new ArrayList<>(store.trace(workspace, TestSpan.traceId(1), deadline()));
        var summary = store.summary(workspace, TestSpan.traceId(1), deadline()).map(StoredTrace::summary);
        assertThat(summary).contains(TraceSummary.of(spans));
        assertThat(spans).hasSize(spanCount);
        return summary.orElseThrow();
    }

    private static long allocatedBy(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var thread = Thread.currentThread().getId();
        var before = threads.getThreadAllocatedBytes(thread);
        work.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
