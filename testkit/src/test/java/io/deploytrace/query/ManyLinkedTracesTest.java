package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManyLinkedTracesTest {

    private static final String WORKSPACE = "0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47";
    private static final String MAIN = "%032x".formatted(1);
    private static final String ROOT = "%016x".formatted(1);
    private static final int JOBS = 40_000;

    private static Span failed(
            String traceId, int number, @Nullable String parent, Phase phase, Attributes attributes) {
        var all = attributes.toBuilder()
                .put(AttributeKeys.WORKSPACE_ID, WORKSPACE)
                .put(AttributeKeys.PHASE, phase.value())
                .put(AttributeKeys.NODE_TYPE, NodeType.ACTION.value())
                .put(AttributeKeys.STATUS, Status.FAILED.value())
                .build();
        var start = Fixtures.START.plusMillis(number);
        return new Span(traceId, "%016x".formatted(number), parent, "x", start, start, all, List.of());
    }

    @Test
    @Timeout(20)
    void fortyThousandJobsEachWithATraceOfItsOwn_areLinkedAndExplainedInLittleTime() {
        var spans = new ArrayList<Span>();
        spans.add(failed(MAIN, 1, null, Phase.EXECUTION, Attributes.empty()));
        for (var job = 2; job <= JOBS; job++) {
            var jobId = Attributes.of(AttributeKeys.JOB_ID, "job-" + job);
            var link =
                    jobId.toBuilder().put(AttributeKeys.PARENT_TRACE_ID, MAIN).build();
            spans.add(failed(MAIN, job, ROOT, Phase.EXECUTION, jobId));
            spans.add(failed("%032x".formatted(job), job, null, Phase.EXTERNAL, link));
        }
        Collections.shuffle(spans, new Random(1));

        var jobs = TraceTree.of(spans).roots().get(0).children();
        var why = Why.of(spans);

        assertThat(jobs).hasSize(JOBS - 1);
        assertThat(jobs).allSatisfy(job -> {
            assertThat(job.children()).extracting(TraceNode::placement).containsExactly(Placement.LINKED);
            assertThat(job.children().get(0).span().jobId())
                    .isEqualTo(job.span().jobId());
        });
        assertThat(why.blockers())
                .extracting(blocker -> blocker.span().traceId())
                .isEqualTo(jobs.stream()
                        .map(job -> job.children().get(0).span().traceId())
                        .toList());
    }
}
