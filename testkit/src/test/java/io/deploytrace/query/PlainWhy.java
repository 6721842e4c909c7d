package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What {@link Why} says, once more: a walk over all spans for each question. */
final class PlainWhy {

    private final Map<String, List<Span>> traces = new LinkedHashMap<>();
    private final String main;

    /** From the spans, none of which is there twice. */
    PlainWhy(List<Span> spans) {
        var ids = spans.stream().map(Span::traceId).distinct().toList();
        ids.stream()
                .sorted(Comparator.comparing((String id) -> ids.contains(parentIn(ofTrace(spans, id))))
                        .thenComparing(id -> start(ofTrace(spans, id)))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(id -> traces.put(id, ofTrace(spans, id)));
        main = traces.keySet().iterator().next();
    }

    private static List<Span> ofTrace(List<Span> spans, String id) {
        return spans.stream()
                .filter(span -> span.traceId().equals(id))
                .sorted(Span.IN_SEQUENCE)
                .toList();
    }

    private static Instant start(List<Span> trace) {
        return trace.stream()
                .map(Span::startTime)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static String parentIn(List<Span> trace) {
        return trace.stream()
                .map(Span::parentTraceId)
                .filter(id -> id != null && !id.equals(trace.get(0).traceId()))
                .findFirst()
                .orElse("");
    }

    List<Span> main() {
        return ofTrace(main);
    }

    private List<Span> ofTrace(String id) {
        return Objects.requireNonNull(traces.get(id));
    }

    /** The spans that lie around one, at whatever distance, within its trace: also the span itself, if they lead back to it. */
    static Set<Span> around(Span span, List<Span> trace) {
        var around = new LinkedHashSet<Span>();
        var at = parent(span, trace);
        while (at != null && around.add(at)) {
            at = parent(at, trace);
        }
        return around;
    }

    private static Span parent(Span span, List<Span> trace) {
        return trace.stream()
                .filter(other ->
                        other.traceId().equals(span.traceId()) && other.spanId().equals(span.parentSpanId()))
                .findFirst()
                .orElse(null);
    }

    /** The traces that name this one as their parent; the one that is explained is below none. */
    private List<String> below(String id) {
        return traces.keySet().stream()
                .filter(other -> !other.equals(main) && parentIn(ofTrace(other)).equals(id))
                .toList();
    }

    /** The explained trace and all below it. */
    private List<String> reached() {
        var reached = new ArrayList<>(List.of(main));
        for (var i = 0; i < reached.size(); i++) {
            reached.addAll(below(reached.get(i)));
        }
        return reached;
    }

    /** The action with the trace's job, else the root, else the first span of the parent trace. */
    private Span anchor(String id) {
        var parent = ofTrace(parentIn(ofTrace(id)));
        var job = ofTrace(id).stream().map(Span::jobId).filter(Objects::nonNull).findFirst();
        var ofJob = parent.stream()
                .filter(span -> "action".equals(span.nodeType())
                        && job.isPresent()
                        && job.get().equals(span.jobId()));
        var root = parent.stream().filter(span -> span.parentSpanId() == null);
        return Stream.of(ofJob, root, parent.stream())
                .flatMap(candidates -> candidates)
                .findFirst()
                .orElseThrow();
    }

    Outcome outcome() {
        return outcome(main);
    }

    private Outcome outcome(String id) {
        var own = new PlainOutcome(ofTrace(id)).outcome();
        if (own == Outcome.DEPLOYED || own == Outcome.RUNNING || own == Outcome.FAILED) {
            var linked = below(id).stream().map(this::outcome).toList();
            if (linked.contains(Outcome.FAILED)) {
                return Outcome.FAILED;
            }
            return own == Outcome.DEPLOYED && linked.contains(Outcome.RUNNING) ? Outcome.RUNNING : own;
        }
        return own;
    }

    List<Span> causes() {
        return causes(main);
    }

    private List<Span> causes(String id) {
        var own = new PlainOutcome(ofTrace(id)).causes();
        var failed = below(id).stream()
                .filter(other -> outcome(other) == Outcome.FAILED)
                .toList();
        if (outcome(id) != Outcome.FAILED || failed.isEmpty()) {
            return own;
        }
        var causes = new ArrayList<Span>();
        for (var span : ofTrace(id)) {
            var inside =
                    failed.stream().filter(other -> anchor(other).equals(span)).toList();
            inside.forEach(other -> causes.addAll(causes(other)));
            var explained = failed.stream()
                    .anyMatch(other -> anchor(other).equals(span)
                            || around(anchor(other), ofTrace(id)).contains(span));
            if (own.contains(span) && !explained) {
                causes.add(span);
            }
        }
        return causes;
    }

    /** The earliest that a cause names; a word that is no time names none. */
    Instant nextEvaluation() {
        return causes().stream()
                .map(span -> span.attributes().getString(AttributeKeys.NEXT_EVALUATION))
                .filter(text -> text != null && !text.equals("soon"))
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The anchors up to the explained trace, the outermost first. */
    List<Span> within(Span span) {
        var within = new ArrayList<Span>();
        for (var id = span.traceId(); !id.equals(main); id = parentIn(ofTrace(id))) {
            within.add(0, anchor(id));
        }
        return within;
    }

    List<Span> open() {
        return reached().stream()
                .flatMap(id -> ofTrace(id).stream())
                .filter(span -> span.isOpen() && !isAroundOpen(span))
                .limit(10)
                .toList();
    }

    private boolean isAroundOpen(Span span) {
        var trace = ofTrace(span.traceId());
        return trace.stream()
                        .anyMatch(other -> (other.isOpen() || isAnchorOfOpen(other))
                                && around(other, trace).contains(span))
                || isAnchorOfOpen(span);
    }

    private boolean isAnchorOfOpen(Span span) {
        return below(span.traceId()).stream()
                .filter(id -> anchor(id).equals(span))
                .anyMatch(id -> ofTrace(id).stream().anyMatch(other -> other.isOpen() || isAnchorOfOpen(other)));
    }

    /** The missing parents, each with those that name it. */
    Map<String, List<Span>> missing() {
        var missing = new LinkedHashMap<String, List<Span>>();
        for (var span : main()) {
            if (span.parentSpanId() != null && parent(span, main()) == null) {
                missing.put(
                        span.parentSpanId(),
                        main().stream()
                                .filter(other -> span.parentSpanId().equals(other.parentSpanId()))
                                .toList());
            }
        }
        return missing;
    }

    Instant lastActivity() {
        return reached().stream()
                .flatMap(id -> ofTrace(id).stream())
                .flatMap(span -> Stream.concat(
                        Stream.of(span.startTime(), span.endTime()).filter(Objects::nonNull),
                        span.events().stream().map(SpanEvent::time)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
