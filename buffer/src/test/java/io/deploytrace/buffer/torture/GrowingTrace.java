package io.deploytrace.buffer.torture;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A trace that is persisted again and again while it is recorded: spans are added, open ones collect events, and end.
 *
 * @param workspaceId its workspace
 * @param traceId its id
 * @param spans what its spans are like
 */
record GrowingTrace(Unit unit, UUID workspaceId, String traceId, List<Life> spans) {

    private static final String TEXT = "waiting for 2 of 3 approvals — naïve 部署 🚀 \"quoted\" \\ and \u0001. ";

    /**
     * The life of a span.
     *
     * @param id its id
     * @param from the step that first has it
     * @param ends the step that first has it ended; one that doesn't exist if it never ends
     * @param text how many times its message repeats
     */
    record Life(String id, int from, int ends, int text) {}

    static GrowingTrace of(Unit unit, UUID workspaceId, String traceId, int steps, SplittableRandom random) {
        var spans = new ArrayList<Life>();
        var size = 1 + random.nextInt(10);
        for (var i = 0; i < size; i++) {
            var from = i == 0 ? 1 : 1 + random.nextInt(steps);
            var ends = random.nextInt(12) == 0 ? steps + 1 : from + random.nextInt(steps - from + 1);
            spans.add(new Life(Workload.id(random), from, i == 0 ? Math.max(steps, ends) : ends, random.nextInt(8)));
        }
        return new GrowingTrace(unit, workspaceId, traceId, spans);
    }

    /** The same, but its first span has another's key. */
    GrowingTrace withKeyOf(Span other) {
        var changed = new ArrayList<>(spans);
        var first = spans.get(0);
        changed.set(0, new Life(other.spanId(), first.from(), first.ends(), first.text()));
        return new GrowingTrace(unit, workspaceId, other.traceId(), changed);
    }

    /** Its spans as they are at a step. */
    List<Span> at(int step) {
        return IntStream.range(0, spans.size())
                .filter(index -> spans.get(index).from() <= step)
                .mapToObj(index -> span(index, step))
                .toList();
    }

    private Span span(int index, int step) {
        var life = spans.get(index);
        var start = Workload.START.plusMillis(index);
        var hasEnded = step >= life.ends();
        return new Span(
                traceId,
                life.id(),
                index == 0 ? null : spans.get(0).id(),
                index == 0 ? "Reconciliation" : "Policy " + index,
                start,
                hasEnded ? start.plusSeconds(life.ends()) : null,
                attributes(index, hasEnded),
                events(life, Math.min(step, life.ends())));
    }

    private Attributes attributes(int index, boolean hasEnded) {
        return Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspaceId)
                .put(AttributeKeys.RELEASE_TARGET_KEY, "target-" + unit.writer())
                .put(AttributeKeys.PHASE, index == 0 ? "reconciliation" : "planning")
                .put(AttributeKeys.NODE_TYPE, index == 0 ? "phase" : "evaluation")
                .put(AttributeKeys.STATUS, hasEnded ? "completed" : "running")
                .put(AttributeKeys.SEQUENCE, index)
                .put(AttributeKeys.MESSAGE, TEXT.repeat(spans.get(index).text()))
                .put(Workload.UNIT, unit.toString())
                .build();
    }

    private static List<SpanEvent> events(Life life, int until) {
        return IntStream.rangeClosed(life.from(), until)
                .mapToObj(step -> new SpanEvent(
                        "step " + step, Workload.START.plusNanos(step * 1_001L), Attributes.of("step", step)))
                .toList();
    }
}
