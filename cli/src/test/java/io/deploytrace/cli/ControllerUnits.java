package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.util.List;
import java.util.Random;

/** What a controller sends, by a seed: traces that grow, several at once, and requests that can't be stored as a whole. */
final class ControllerUnits {

    private static final int TARGETS = 20;

    private final Random random;
    private final Fixtures fixtures;
    private final Tenant tenant;
    private final Tenant other;
    private final Span taken;

    /**
     * Those of a seed.
     *
     * @param other whose workspace it tries to write into
     * @param taken a span that is stored in the other workspace
     */
    ControllerUnits(long seed, Tenant tenant, Tenant other, Span taken) {
        this.random = new Random(seed);
        this.fixtures = new Fixtures(random.nextLong());
        this.tenant = tenant;
        this.other = other;
        this.taken = taken;
    }

    ControllerUnit next() {
        var dice = random.nextInt(100);
        if (dice < 55) {
            return new ControllerUnit(List.of(GrowingTrace.growing(trace())), null, random.nextBoolean());
        }
        if (dice < 70) {
            return new ControllerUnit(List.of(GrowingTrace.whole(trace()), GrowingTrace.whole(trace())), null, true);
        }
        var trace = trace();
        return new ControllerUnit(
                List.of(GrowingTrace.whole(trace)), offending(trace.get(0).traceId()), random.nextBoolean());
    }

    private List<Span> trace() {
        var target = target(tenant, random);
        var spans = switch (random.nextInt(3)) {
            case 0 -> fixtures.completeWorkflow(tenant.id(), target);
            case 1 -> fixtures.stopped(tenant.id(), target, random.nextBoolean() ? Status.BLOCKED : Status.PENDING);
            default -> fixtures.failedJob(tenant.id(), target, tenant.name() + "-job-" + random.nextInt());
        };
        return spans.stream().map(this::signed).toList();
    }

    /** One of the targets that a tenant deploys to. */
    static String target(Tenant tenant, Random random) {
        return tenant.name() + "/target-" + random.nextInt(TARGETS);
    }

    private Span signed(Span span) {
        return with(span, "tenant", tenant.name());
    }

    private static Span with(Span span, String key, String value) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder().put(key, value).build(),
                span.events());
    }

    private io.opentelemetry.proto.trace.v1.Span offending(String traceId) {
        var template = signed(fixtures.single(tenant.id()).get(0));
        var span = OtlpMessages.of(template).toBuilder();
        var inTrace = OtlpMessages.id(traceId);
        return switch (random.nextInt(3)) {
            case 0 ->
                OtlpMessages.of(
                        with(template, AttributeKeys.WORKSPACE_ID, other.id().toString()));
            case 1 -> span.setTraceId(inTrace).setStartTimeUnixNano(0).build();
            default ->
                span.setTraceId(OtlpMessages.id(taken.traceId()))
                        .setSpanId(OtlpMessages.id(taken.spanId()))
                        .build();
        };
    }

    /** A trace of a single span that is there from the beginning. */
    static Span first(Tenant tenant, long seed) {
        return with(new Fixtures(seed).single(tenant.id()).get(0), "tenant", tenant.name());
    }
}
