package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What the parts of the contract share. Each test has a workspace, and ids, of its own. */
abstract class StoreContract {

    StoreUnderTest store;
    UUID workspace;
    Fixtures fixtures;

    /** Opens the store; it is closed after each test. */
    protected abstract StoreUnderTest open();

    @BeforeEach
    void openStore(TestInfo test) {
        store = open();
        workspace = store.newWorkspace();
        var name = test.getTestClass() + " " + test.getTestMethod() + " " + test.getDisplayName();
        fixtures = new Fixtures(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    static Deadline passed() {
        return Deadline.after(Duration.ZERO);
    }

    SpanWriter writer() {
        return store.writer();
    }

    SpanReader reader() {
        return store.reader();
    }

    TraceMaintenance maintenance() {
        return store.maintenance();
    }

    WriteResult write(Collection<Span> spans) {
        return writer().write(spans, soon());
    }

    /** Writes the traces one after the other, and answers what was stored of each. */
    List<StoredTrace> writeEach(List<List<Span>> traces) {
        traces.forEach(this::write);
        return traces.stream().map(this::stored).toList();
    }

    List<Span> read(List<Span> trace) {
        return reader().trace(workspace, trace.get(0).traceId(), soon());
    }

    StoredTrace stored(List<Span> trace) {
        return reader().summary(workspace, trace.get(0).traceId(), soon())
                .orElseThrow(() -> new AssertionError("The trace has no summary: " + trace));
    }

    /** Fails unless the store holds exactly these spans of the trace, and the summary that they make. */
    void assertHolds(List<Span> inSequence) {
        assertThat(read(inSequence)).isEqualTo(inSequence);
        assertThat(stored(inSequence).summary()).isEqualTo(TraceSummary.of(inSequence));
    }

    void assertHoldsNothingOf(List<Span> trace) {
        assertThat(read(trace)).isEmpty();
        assertThat(reader().summary(workspace, trace.get(0).traceId(), soon())).isEmpty();
    }

    /** The span with another end; null leaves it open. */
    static Span ended(Span span, @Nullable Instant end) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                end,
                span.attributes(),
                span.events());
    }
}
