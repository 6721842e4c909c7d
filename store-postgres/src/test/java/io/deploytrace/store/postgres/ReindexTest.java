package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReindexTest extends ReadingTest {

    @Test
    void reindex_tracesOfAnotherProgram_getTheirSummaries() {
        program.write(CREATED, span(1, 0), span(1, 1));
        program.write(CREATED.plusSeconds(1), span(2, 0).open());

        assertThat(reindex()).isEqualTo(2);

        assertThat(summary(1).summary()).isEqualTo(TraceSummary.of(built(span(1, 0), span(1, 1))));
        assertThat(summary(1).createdAt()).isEqualTo(CREATED);
        assertThat(summary(1).revision()).isEqualTo(1);
        assertThat(summary(2).summary())
                .isEqualTo(TraceSummary.of(built(span(2, 0).open())));
        assertThat(reindex()).isZero();
    }

    @Test
    void reindex_withinATime_seesWhatWasWrittenThenAlone() {
        writeTraces(span(1, 0));
        program.write(CREATED.plusSeconds(8), span(2, 0));
        program.write(CREATED.plusSeconds(9), span(1, 1), span(3, 0));
        program.write(CREATED.plusSeconds(10), span(4, 0));
        var written = new TimeRange(CREATED.plusSeconds(9), CREATED.plusSeconds(10));

        assertThat(maintenance.reindex(workspace, written, deadline)).isEqualTo(2);

        assertThat(summary(1).summary()).isEqualTo(TraceSummary.of(built(span(1, 0), span(1, 1))));
        assertThat(summary(3).createdAt()).isEqualTo(CREATED.plusSeconds(9));
        assertThat(reader.summary(workspace, TestSpan.traceId(2), deadline)).isEmpty();
        assertThat(reader.summary(workspace, TestSpan.traceId(4), deadline)).isEmpty();
        assertThat(maintenance.reindex(workspace, written, deadline)).isZero();
    }

    @Test
    void reindex_spansThatAnotherProgramAdded_areSeen() {
        writeTraces(span(1, 0), span(2, 0));
        var untouched = summary(2);
        program.write(CREATED.plusSeconds(9), span(1, 1).open());

        assertThat(reindex()).isEqualTo(1);

        assertThat(summary(1).summary())
                .isEqualTo(TraceSummary.of(built(span(1, 0), span(1, 1).open())));
        assertThat(summary(1).createdAt()).isEqualTo(CREATED);
        assertThat(summary(1).revision()).isEqualTo(2);
        assertThat(summary(2)).isEqualTo(untouched);
    }

    @Test
    void reindex_earlierSpansThatAnotherProgramAdded_setTheTimeBack() {
        writeTraces(span(1, 0));
        program.write(CREATED.minusSeconds(9), span(1, 1));

        reindex();

        assertThat(summary(1).createdAt()).isEqualTo(CREATED.minusSeconds(9));
    }

    @Test
    void reindex_spanThatAnotherProgramEnded_isSeen() {
        writeTraces(span(1, 0).open());
        database.execute("UPDATE deployment_trace_span SET end_time = start_time, status = 'completed'");

        assertThat(reindex()).isEqualTo(1);

        assertThat(summary(1).summary().openCount()).isZero();
        assertThat(summary(1).summary().endTime()).isEqualTo(TestSpan.START);
    }

    @Test
    void reindex_spansThatAnotherProgramDeleted_takeTheirSummariesWithThem() {
        program.write(CREATED, span(1, 0), span(1, 1), span(2, 0));
        reindex();
        database.execute("DELETE FROM deployment_trace_span WHERE sequence = 1 OR trace_id = '%s'"
                .formatted(TestSpan.traceId(2)));

        assertThat(reindex()).isEqualTo(2);

        assertThat(summary(1).summary()).isEqualTo(TraceSummary.of(built(span(1, 0))));
        assertThat(reader.summary(workspace, TestSpan.traceId(2), deadline)).isEmpty();
    }

    @Test
    void reindex_changeThatKeepsCountsAndTimes_isSeenWithAllAlone() {
        writeTraces(span(1, 0), span(2, 0));
        database.execute("UPDATE deployment_trace_span SET release_target_key = 'web' WHERE trace_id = '%s'"
                .formatted(TestSpan.traceId(1)));

        assertThat(reindex()).isZero();
        assertThat(maintenance.reindex(workspace, true, deadline)).isEqualTo(1);
        assertThat(summary(1).summary().releaseTargetKey()).isEqualTo("web");
    }

    @Test
    void reindex_summariesThatWereSpoiled_areComputedAnew() {
        writeTraces(span(1, 0), span(2, 0), span(3, 0));
        database.execute("UPDATE deployment_trace SET outcome = 'failed', cause_span_id = 'x', fingerprint = ''");

        assertThat(maintenance.reindex(workspace, true, deadline)).isEqualTo(3);

        assertThat(summary(1).summary()).isEqualTo(TraceSummary.of(built(span(1, 0))));
        assertThat(maintenance.reindex(workspace, true, deadline)).isZero();
    }

    @Test
    void reindex_outcomeThatThisVersionDoesNotKnow_isComputedAnew() {
        writeTraces(span(1, 0));
        database.execute("UPDATE deployment_trace SET outcome = 'evaporated'");

        assertThatThrownBy(() -> summary(1))
                .hasMessageContaining("\"evaporated\"")
                .hasMessageContaining("reindex");
        assertThat(maintenance.reindex(workspace, true, deadline)).isEqualTo(1);

        assertThat(summary(1).summary()).isEqualTo(TraceSummary.of(built(span(1, 0))));
    }

    @Test
    void reindex_moreTracesThanOneStepHolds_reachesThemAll() {
        database.execute("""
                INSERT INTO deployment_trace_span (trace_id, span_id, name, start_time, end_time, workspace_id, created_at)
                SELECT lpad(to_hex(trace), 32, '0'), lpad(to_hex(span), 16, '0'), 'x', now(), now(), '%s',
                       timestamptz '%s' + trace / 3000 * interval '1 second' + span * interval '1 minute'
                FROM generate_series(1, 6000) trace, generate_series(1, 2) span
                """.formatted(workspace, CREATED));

        assertThat(reindex()).isEqualTo(6_000);
        assertThat(database.queryValue("SELECT count(*) FROM deployment_trace WHERE span_count = 2 AND revision = 1"))
                .isEqualTo("6000");
        assertThat(reindex()).isZero();
        database.execute("DELETE FROM deployment_trace_span");
        assertThat(reindex()).isEqualTo(6_000);
        assertThat(database.queryValue("SELECT count(*) FROM deployment_trace")).isEqualTo("0");
    }

    @Test
    void reindex_afterTheDeadline_saysHowFarItCame() {
        assertThatThrownBy(() -> maintenance.reindex(workspace, false, Deadline.after(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED))
                .hasMessageContaining("0 summaries were written so far");
    }

    private long reindex() {
        return maintenance.reindex(workspace, false, deadline);
    }

    private StoredTrace summary(int trace) {
        return reader.summary(workspace, TestSpan.traceId(trace), deadline).orElseThrow();
    }
}
