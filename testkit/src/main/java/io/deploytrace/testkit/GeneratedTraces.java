package io.deploytrace.testkit;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Traces of every shape, also of those that no sound recorder makes: orphans, no root, several, circles of parents, words that
 * aren't of the vocabulary, missing attributes, verdicts that contradict. The words are few, so that they meet often.
 */
public final class GeneratedTraces {

    private static final List<String> PHASES =
            List.of("reconciliation", "planning", "planning", "eligibility", "execution", "action", "external", "odd");
    private static final List<String> TYPES =
            List.of("phase", "evaluation", "evaluation", "check", "decision", "decision", "action", "action", "odd");
    private static final List<String> STATUSES =
            List.of("running", "completed", "completed", "failed", "allowed", "blocked", "pending", "skipped", "odd");
    private static final List<String> VERDICTS =
            List.of("allowed", "blocked", "pending", "pass", "fail", "approved", "rejected", "odd");

    private static final List<String> TIMES =
            List.of("2026-03-02T10:00:00Z", "2026-03-02T11:30:00.25+02:00", "2026-03-01T23:00:00Z", "soon");

    private final Fixtures fixtures;
    private final Random random;
    private final UUID workspaceId;
    private final boolean external;

    private GeneratedTraces(Fixtures fixtures, UUID workspaceId) {
        this.fixtures = fixtures;
        this.random = fixtures.random();
        this.workspaceId = workspaceId;
        this.external = random.nextInt(6) == 0;
    }

    /** The next trace of the fixtures: 1 to 20 spans in any order. */
    public static List<Span> next(Fixtures fixtures, UUID workspaceId) {
        return new GeneratedTraces(fixtures, workspaceId).trace();
    }

    /**
     * One to six traces of every shape, most of which name one of the others as their parent, at several levels and also in circles; in any
     * order.
     */
    public static List<Span> family(Fixtures fixtures, UUID workspaceId) {
        var random = fixtures.random();
        var traces = new ArrayList<List<Span>>();
        for (var i = random.nextInt(6); i >= 0; i--) {
            traces.add(next(fixtures, workspaceId));
        }
        var family = new ArrayList<Span>();
        for (var i = 0; i < traces.size(); i++) {
            var isChild = i > 0 ? random.nextInt(8) > 0 : random.nextInt(20) == 0;
            var parents = i > 0 && random.nextInt(10) > 0 ? traces.subList(0, i) : traces;
            var parent = parents.get(random.nextInt(parents.size())).get(0).traceId();
            traces.get(i).forEach(span -> family.add(isChild && random.nextInt(3) > 0 ? under(parent, span) : span));
        }
        Collections.shuffle(family, random);
        return family;
    }

    private static Span under(String parentTraceId, Span span) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder()
                        .put(AttributeKeys.PARENT_TRACE_ID, parentTraceId)
                        .build(),
                span.events());
    }

    private List<Span> trace() {
        var traceId = fixtures.traceId();
        var size = 1 + random.nextInt(20);
        var ids = new ArrayList<String>();
        for (var i = 0; i < size; i++) {
            ids.add(fixtures.spanId());
        }
        var spans = new ArrayList<Span>();
        for (var i = 0; i < size; i++) {
            spans.add(span(traceId, ids, i));
        }
        Collections.shuffle(spans, random);
        return spans;
    }

    private Span span(String traceId, List<String> ids, int index) {
        var start = Fixtures.START.plusMillis(random.nextInt(2_000));
        return new Span(
                traceId,
                ids.get(index),
                parent(ids, index),
                "step " + random.nextInt(4),
                start,
                random.nextInt(8) == 0 ? null : start.plusMillis(random.nextInt(500)),
                attributes(index),
                events(start));
    }

    private @Nullable String parent(List<String> ids, int index) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> fixtures.spanId();
            case 2 -> ids.get(random.nextInt(ids.size()));
            default -> index == 0 ? null : ids.get(random.nextInt(index));
        };
    }

    private Attributes attributes(int index) {
        return Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspaceId)
                .put(AttributeKeys.PHASE, external ? "external" : sometimes(PHASES))
                .put(AttributeKeys.NODE_TYPE, sometimes(TYPES))
                .put(AttributeKeys.STATUS, sometimes(STATUSES))
                .put(AttributeKeys.RESULT, random.nextInt(3) == 0 ? sometimes(VERDICTS) : null)
                .put(AttributeKeys.DECISION, random.nextInt(3) == 0 ? sometimes(VERDICTS) : null)
                .put(AttributeKeys.MESSAGE, sometimes(List.of("1 of 2 approvals", "exit 7")))
                .put(AttributeKeys.NEXT_EVALUATION, random.nextInt(3) == 0 ? sometimes(TIMES) : null)
                .put(AttributeKeys.RULE_ID, random.nextInt(3) == 0 ? "rule-7" : null)
                .put(AttributeKeys.JOB_TYPE, random.nextInt(15) == 0 ? "github-action" : null)
                .put(AttributeKeys.JOB_ID, random.nextInt(4) == 0 ? "job-" + random.nextInt(3) : null)
                .put(AttributeKeys.RELEASE_ID, random.nextInt(2) == 0 ? "v1" : null)
                .put(AttributeKeys.RELEASE_TARGET_KEY, random.nextInt(2) == 0 ? "api" : null)
                .put(AttributeKeys.SEQUENCE, random.nextInt(10) == 0 ? null : (Integer) index)
                .put(AttributeKeys.DEPTH, random.nextInt(3) == 0 ? (Integer) random.nextInt(5) : null)
                .build();
    }

    private @Nullable String sometimes(List<String> words) {
        return random.nextInt(12) == 0 ? null : words.get(random.nextInt(words.size()));
    }

    private List<SpanEvent> events(Instant start) {
        var events = new ArrayList<SpanEvent>();
        for (var i = random.nextInt(3); i > 0; i--) {
            events.add(new SpanEvent("exception", start.plusNanos(i), Attributes.of("exception.message", "boom " + i)));
        }
        return events;
    }
}
