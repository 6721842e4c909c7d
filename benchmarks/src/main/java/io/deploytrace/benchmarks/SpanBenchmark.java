package io.deploytrace.benchmarks;

import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to record a span: start, ten attributes, two events, end. The spans of one invocation are those of one
 * trace, whose root and phase count with them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SpanBenchmark {

    private static final int SPANS = 50;

    private static final AttributeKey<String> POLICY = AttributeKey.stringKey("policy");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("version");
    private static final AttributeKey<String> ENVIRONMENT = AttributeKey.stringKey("environment");
    private static final AttributeKey<String> REGION = AttributeKey.stringKey("region");
    private static final AttributeKey<String> CLUSTER = AttributeKey.stringKey("cluster");
    private static final AttributeKey<String> REQUESTED_BY = AttributeKey.stringKey("requested_by");
    private static final AttributeKey<Long> REQUIRED = AttributeKey.longKey("required");
    private static final AttributeKey<Long> GIVEN = AttributeKey.longKey("given");
    private static final AttributeKey<Double> ERROR_RATE = AttributeKey.doubleKey("error_rate");
    private static final AttributeKey<Boolean> FROZEN = AttributeKey.booleanKey("frozen");
    private static final AttributeKey<String> APPROVER = AttributeKey.stringKey("approver");
    private static final AttributeKey<Long> TICKET = AttributeKey.longKey("ticket");

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public ReconcileTarget recorded() {
        var recorder =
                ReconcileTarget.builder(BareSdk.WORKSPACE, BareSdk.TARGET).start();
        var planning = recorder.startPlanning();
        for (var i = 0; i < SPANS; i++) {
            record(planning, i);
        }
        recorder.complete(Status.COMPLETED);
        return recorder;
    }

    private static void record(PlanningPhase planning, int i) {
        planning.startEvaluation("Approval Policy")
                .setAttribute("policy", "two-approvals")
                .setAttribute("version", "v1.2.4")
                .setAttribute("environment", "production")
                .setAttribute("region", "eu-west-1")
                .setAttribute("cluster", "blue")
                .setAttribute("requested_by", "alice@example.org")
                .setAttribute("required", 1_000 + i)
                .setAttribute("given", 2_000L + i)
                .setAttribute("error_rate", 0.25 + i)
                .setAttribute("frozen", false)
                .addMetadata("approver", "bob@example.org")
                .addMetadata("ticket", 4_711L)
                .end();
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public Span[] bareSdk() {
        var spans = new Span[SPANS + 2];
        spans[0] = BareSdk.root();
        var root = Context.root().with(spans[0]);
        spans[1] = BareSdk.child(root, "Planning", "planning", "phase", 1, 1);
        var planning = Context.root().with(spans[1]);
        for (var i = 0; i < SPANS; i++) {
            spans[i + 2] = bare(planning, i);
        }
        BareSdk.end(spans[1], "completed");
        BareSdk.end(spans[0], "completed");
        return spans;
    }

    private static Span bare(Context planning, int i) {
        var span = BareSdk.child(planning, "Approval Policy", "planning", "evaluation", 2, i + 2);
        span.setAttribute(POLICY, "two-approvals")
                .setAttribute(VERSION, "v1.2.4")
                .setAttribute(ENVIRONMENT, "production")
                .setAttribute(REGION, "eu-west-1")
                .setAttribute(CLUSTER, "blue")
                .setAttribute(REQUESTED_BY, "alice@example.org")
                .setAttribute(REQUIRED, 1_000L + i)
                .setAttribute(GIVEN, 2_000L + i)
                .setAttribute(ERROR_RATE, 0.25 + i)
                .setAttribute(FROZEN, false)
                .addEvent("approver", Attributes.of(APPROVER, "bob@example.org"))
                .addEvent("ticket", Attributes.of(TICKET, 4_711L));
        BareSdk.end(span, "skipped");
        return span;
    }
}
