package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that another program wrote as it liked. */
class ForeignRowsTest extends ReadingTest {

    private static final Instant START = Instant.parse("2024-01-15T10:30:00.123456Z");

    @Test
    void row_withNothingButWhatMustNotBeNull_isReadAndSummarised() {
        insert("'t', 's', NULL, 'bare', NULL, NULL, NULL, NULL, NULL, NULL");
        maintenance.reindex(workspace, false, deadline);

        var bare = new Span("t", "s", null, "bare", START, null, onlyWorkspace(), List.of());
        assertThat(reader.trace(workspace, "t", deadline)).containsExactly(bare);
        assertThat(reader.summary(workspace, "t", deadline).orElseThrow().summary())
                .isEqualTo(TraceSummary.of(List.of(bare)));
        assertThat(traceIdsOf(reader.traces(workspace, TraceFilter.ALL, PageRequest.first(1), deadline)
                        .items()))
                .containsExactly("t");
    }

    @Test
    void row_withColumnsButWithoutAttributes_hasTheColumnsAsAttributes() {
        insert("'t', 's', 'missing parent', 'x', 'api', 'j', 'failed', 'decision', NULL, NULL");
        maintenance.reindex(workspace, false, deadline);

        var span = reader.trace(workspace, "t", deadline).get(0);
        assertThat(span.attributes())
                .isEqualTo(onlyWorkspace().toBuilder()
                        .put(AttributeKeys.RELEASE_TARGET_KEY, "api")
                        .put(AttributeKeys.JOB_ID, "j")
                        .put(AttributeKeys.STATUS, "failed")
                        .put(AttributeKeys.NODE_TYPE, "decision")
                        .build());
        assertThat(reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, PageRequest.first(1), deadline)
                        .items())
                .containsExactly(span);
        assertThat(reader.spansOfJob(workspace, "j", deadline)).containsExactly(span);
        assertThat(reader.failedDecisions(workspace, TimeRange.ALL, PageRequest.first(1), deadline)
                        .items())
                .hasSize(1);
    }

    @Test
    void row_withWordsOfAnotherVocabulary_isReadAndSummarised() {
        insert("'t', 's', NULL, 'x', 'api', 'j', 'exploded', 'rocket', '{\"a\": [1, \"two\", null]}', '{}'");
        maintenance.reindex(workspace, false, deadline);

        var span = reader.trace(workspace, "t", deadline).get(0);
        assertThat(span.attributes().get("a")).isEqualTo(List.of(1L, "two"));
        assertThat(span.events()).isEmpty();
        assertThat(reader.summary(workspace, "t", deadline)).isPresent();
    }

    @Test
    void row_withJsonThatIsNoObjectAndNoArray_hasNeitherAttributesNorEvents() {
        insert("'t', 's', NULL, 'x', NULL, NULL, NULL, NULL, '[1]', '\"text\"'");

        var span = reader.trace(workspace, "t", deadline).get(0);
        assertThat(span.attributes()).isEqualTo(onlyWorkspace());
        assertThat(span.events()).isEmpty();
    }

    @Test
    void row_nestedDeeperThanAWriteMayNest_isReadAsTextFromThereOn() {
        insert("'t', 's', NULL, 'x', NULL, NULL, NULL, NULL,"
                + " ('{\"deep\": ' || repeat('[', 5000) || repeat(']', 5000) || '}')::jsonb, NULL");

        assertThat(maintenance.reindex(workspace, false, deadline)).isEqualTo(1);

        var value = reader.trace(workspace, "t", deadline).get(0).attributes().get("deep");
        var levels = 0;
        for (; value instanceof List<?> list; value = list.get(0)) {
            levels++;
        }
        assertThat(levels).isGreaterThanOrEqualTo(SpanBatch.MAXIMUM_NESTING);
        assertThat(value).isEqualTo("[".repeat(5_000 - levels) + "]".repeat(5_000 - levels));
    }

    @Test
    void row_atTheEndsOfTime_isReadAndSummarised() {
        database.execute(
                "INSERT INTO deployment_trace_span (trace_id, span_id, name, start_time, end_time, workspace_id)"
                        + " VALUES ('t', 's', 'x', '-infinity', 'infinity', '" + workspace + "')");

        assertThat(maintenance.reindex(workspace, false, deadline)).isEqualTo(1);

        assertThat(reader.trace(workspace, "t", deadline)).hasSize(1);
        assertThat(reader.summary(workspace, "t", deadline)).isPresent();
        assertThat(maintenance.reindex(workspace, true, deadline)).isZero();
    }

    private Attributes onlyWorkspace() {
        return Attributes.of(AttributeKeys.WORKSPACE_ID, workspace.toString());
    }

    private void insert(String values) {
        database.execute("""
                INSERT INTO deployment_trace_span (
                  trace_id, span_id, parent_span_id, name, release_target_key, job_id, status, node_type, attributes, events,
                  start_time, workspace_id)
                VALUES (%s, '2024-01-15T10:30:00.123456Z', '%s')
                """.formatted(values, workspace));
    }
}
