package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The rules of {@link Diff}, once more: sentence by sentence and slow. For one trace and those linked to it. */
final class PlainDiff {

    private static final Set<String> KINDS = Set.of("phase", "evaluation", "check", "decision", "action");

    private final List<Span> a;
    private final List<Span> b;
    private final String mainOfA;
    private final String mainOfB;
    private final Map<Span, Span> likes = new LinkedHashMap<>();

    PlainDiff(List<Span> a, List<Span> b) {
        this.mainOfA = main(a);
        this.mainOfB = main(b);
        this.a = inOrder(a, mainOfA);
        this.b = inOrder(b, mainOfB);
        this.b.forEach(this::matchByRule);
        this.b.forEach(this::matchByName);
        this.b.forEach(this::matchWithoutNumbers);
    }

    private static String main(List<Span> spans) {
        return spans.stream()
                .filter(span -> span.parentTraceId() == null)
                .findFirst()
                .orElseThrow()
                .traceId();
    }

    private static List<Span> inOrder(List<Span> spans, String main) {
        return spans.stream()
                .sorted(Comparator.comparing((Span span) -> !span.traceId().equals(main))
                        .thenComparing(span -> start(spans, span.traceId()))
                        .thenComparing(Span::traceId)
                        .thenComparing(Span.IN_SEQUENCE))
                .toList();
    }

    private static java.time.Instant start(List<Span> spans, String traceId) {
        return spans.stream()
                .filter(span -> span.traceId().equals(traceId))
                .map(Span::startTime)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void matchByRule(Span span) {
        var rule = rule(span);
        if (rule != null) {
            var before = b.subList(0, b.indexOf(span)).stream()
                    .filter(other -> rule.equals(rule(other)) && isOfOneKind(other, span, true))
                    .count();
            a.stream()
                    .filter(other -> rule.equals(rule(other)) && isOfOneKind(other, span, false))
                    .skip(before)
                    .findFirst()
                    .ifPresent(like -> likes.put(like, span));
        }
    }

    private void matchByName(Span span) {
        if (!likes.containsValue(span)) {
            a.stream()
                    .filter(other -> !likes.containsKey(other) && isOfOneKind(other, span, false))
                    .filter(other -> rule(other) == null || rule(span) == null)
                    .filter(other -> Objects.equals(place(a, other), place(b, span)))
                    .filter(other -> isUnnamed(a, other) || other.name().equals(span.name()))
                    .findFirst()
                    .ifPresent(like -> likes.put(like, span));
        }
    }

    private void matchWithoutNumbers(Span span) {
        if (!likes.containsValue(span) && Set.of("job", "action", "other").contains(kind(span))) {
            a.stream()
                    .filter(other -> !likes.containsKey(other) && isOfOneKind(other, span, false))
                    .filter(other -> rule(other) == null || rule(span) == null)
                    .filter(other -> plain(place(a, other)).equals(plain(place(b, span))))
                    .filter(other -> plain(other.name()).equals(plain(span.name())))
                    .findFirst()
                    .ifPresent(like -> likes.put(like, span));
        }
    }

    private static String plain(String text) {
        return text == null ? "none" : text.replaceAll("\\d+", "#");
    }

    private boolean isOfOneKind(Span other, Span ofB, boolean otherIsOfB) {
        var isLinked = !other.traceId().equals(otherIsOfB ? mainOfB : mainOfA);
        return kind(other).equals(kind(ofB)) && isLinked == !ofB.traceId().equals(mainOfB);
    }

    private static boolean isUnnamed(List<Span> spans, Span span) {
        return Set.of("phase", "decision").contains(kind(span)) && place(spans, span) != null;
    }

    private static String place(List<Span> spans, Span span) {
        return spans.stream()
                .filter(other -> other.traceId().equals(span.traceId())
                        && other.spanId().equals(span.parentSpanId())
                        && "action".equals(other.nodeType()))
                .map(Span::name)
                .findFirst()
                .orElse(span.phase());
    }

    private static String rule(Span span) {
        return span.attributes().getString("ctrlplane.rule_id");
    }

    static String kind(Span span) {
        var type = Optional.ofNullable(span.nodeType()).filter(KINDS::contains).orElse("other");
        return type.equals("action") && span.attributes().get("ctrlplane.job_type") != null ? "job" : type;
    }

    /** One of the two may be null. */
    record Pair(Span a, Span b) {

        String change() {
            if (a == null || b == null) {
                return a == null ? "appeared" : "vanished";
            }
            if (!PlainOutcome.verdict(a).equals(PlainOutcome.verdict(b))) {
                return "flipped";
            }
            return message(a).equals(message(b)) && metadata().isEmpty() ? "same" : "changed";
        }

        List<ValueChange> metadata() {
            var keys = new LinkedHashSet<String>(noted(a).keySet());
            keys.addAll(noted(b).keySet());
            return keys.stream()
                    .map(key -> new ValueChange(key, noted(a).get(key), noted(b).get(key)))
                    .filter(change -> !Objects.equals(change.a(), change.b()))
                    .toList();
        }
    }

    private static String message(Span span) {
        var exceptions = span.events().stream()
                .filter(event -> event.attributes().getString("exception.message") != null)
                .map(event -> event.attributes().getString("exception.message"))
                .toList();
        var last = exceptions.isEmpty() ? null : exceptions.get(exceptions.size() - 1);
        return Objects.requireNonNullElse(
                span.attributes().getString("ctrlplane.message"),
                Objects.requireNonNullElse(last, kind(span).equals("decision") ? span.name() : ""));
    }

    /** All values of each key, one by itself, several as a list. */
    private static Map<String, Object> noted(Span span) {
        var all = new LinkedHashMap<String, List<Object>>();
        if (span != null) {
            span.attributes().asMap().forEach((key, value) -> {
                if (key.startsWith("ctrlplane.job_config.") || !key.matches("(ctrlplane|otel)\\..*")) {
                    all.computeIfAbsent(key.replaceFirst("^ctrlplane\\.", ""), k -> new ArrayList<>())
                            .add(value);
                }
            });
            span.events().stream()
                    .filter(event -> !Set.of("result", "exception").contains(event.name()))
                    .forEach(event -> event.attributes()
                            .asMap()
                            .forEach((key, value) -> all.computeIfAbsent(key, k -> new ArrayList<>())
                                    .add(value)));
        }
        var values = new LinkedHashMap<String, Object>();
        all.forEach((key, list) -> values.put(key, list.size() == 1 ? list.get(0) : list));
        return values;
    }

    /** Each vanished step is put behind the one before it in a. */
    @SuppressWarnings("ReferenceEquality")
    List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (var span : b) {
            var like = likes.entrySet().stream()
                    .filter(entry -> entry.getValue() == span)
                    .map(Map.Entry::getKey)
                    .findFirst();
            pairs.add(new Pair(like.orElse(null), span));
        }
        for (var i = 0; i < a.size(); i++) {
            if (!likes.containsKey(a.get(i))) {
                var before = i == 0 ? null : a.get(i - 1);
                var at = 0;
                while (before != null && pairs.get(at++).a() != before) {}
                pairs.add(at, new Pair(a.get(i), null));
            }
        }
        return pairs;
    }
}
