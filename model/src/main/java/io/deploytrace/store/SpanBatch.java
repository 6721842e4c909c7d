package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link SpanWriter#write} is about to store: spans that were checked, without duplicates, in the order of
 * their keys. Every store begins with it, so that all stores refuse the same spans with the same words before they
 * touch anything. Immutable.
 *
 * <p>A span is refused if
 *
 * <ul>
 *   <li>its trace id, span id, parent span id or parent trace id isn't lower-case hex of its length (32 or 16), or is
 *       all zeros, or if it names its own trace as its parent trace;
 *   <li>its workspace id is missing or no lower-case UUID, or differs from that of another span of its trace;
 *   <li>an attribute that has a column of its own has another type than the column;
 *   <li>its name is empty, it ends before it starts, or a time lies outside the years 1 to 9999 (RFC 3339);
 *   <li>a text contains NUL or half of a surrogate pair, neither of which PostgreSQL can hold;
 *   <li>it exceeds one of the limits that are the constants of this class.
 * </ul>
 */
public final class SpanBatch {

    /** The most characters (UTF-16 units) of one text: a name, a key or a value. */
    public static final int MAXIMUM_TEXT_LENGTH = 1_048_576;

    /**
     * The most characters (UTF-16 units) of an attribute that has a column, all of which are indexed: what fits into a
     * PostgreSQL index entry in any script.
     */
    public static final int MAXIMUM_COLUMN_LENGTH = 512;

    /** The most attributes of a span, and of an event. */
    public static final int MAXIMUM_ATTRIBUTES = 10_000;

    /** The most events of a span. */
    public static final int MAXIMUM_EVENTS = 10_000;

    /** The most levels of lists and maps within one attribute. */
    public static final int MAXIMUM_NESTING = 64;

    /**
     * The largest span, in characters (UTF-16 units): the sum of its name, keys and values, where a number, a boolean, a
     * list, a map and an event count {@value SpanSize#SCALAR} each, beside what they hold.
     */
    public static final int MAXIMUM_SPAN_SIZE = 16 * 1_048_576;

    private final CheckedSpans spans;
    private final Map<String, List<Span>> traces;

    private SpanBatch(List<Span> spans, Map<String, List<Span>> traces) {
        this.spans = new CheckedSpans(this, spans);
        this.traces = Collections.unmodifiableMap(traces);
    }

    /**
     * Checks every span, keeps of several copies the one that {@linkplain Span#replaces(Span) replaces} the others (the
     * first of equals), and sorts. The {@link #spans()} of a batch are that batch again: writers in front of a store check
     * first, and nothing is checked twice.
     *
     * @throws SpanStoreException with {@link SpanStoreException.Reason#INVALID_SPAN} for the first span that is refused;
     *     the message names the span, its trace, what is wrong and what to do
     */
    public static SpanBatch of(Collection<Span> spans) {
        if (spans instanceof CheckedSpans checked) {
            return checked.batch;
        }
        var sorted = new ArrayList<Span>(spans);
        var check = new SpanCheck();
        for (var span : sorted) {
            check.check(span);
        }
        sorted.sort(SpanBatch::compareKeys);
        if (check.sawSeveralWorkspaces()) {
            oneWorkspacePerTrace(sorted);
        }
        var distinct = withoutCopies(sorted);
        return new SpanBatch(distinct, byTrace(distinct));
    }

    private static int compareKeys(Span first, Span second) {
        var traces = first.traceId().compareTo(second.traceId());
        return traces == 0 ? first.spanId().compareTo(second.spanId()) : traces;
    }

    private static void oneWorkspacePerTrace(List<Span> sorted) {
        var first = sorted.get(0);
        for (var span : sorted) {
            if (span.traceId().equals(first.traceId())) {
                SpanCheck.sameWorkspace(first, span);
            } else {
                first = span;
            }
        }
    }

    private static List<Span> withoutCopies(List<Span> sorted) {
        var distinct = new ArrayList<Span>(sorted.size());
        for (var span : sorted) {
            var last = distinct.size() - 1;
            if (last < 0 || compareKeys(distinct.get(last), span) != 0) {
                distinct.add(span);
                continue;
            }
            if (span.replaces(distinct.get(last))) {
                distinct.set(last, span);
            }
        }
        return distinct;
    }

    private static Map<String, List<Span>> byTrace(List<Span> distinct) {
        var traces = new LinkedHashMap<String, List<Span>>();
        var from = 0;
        for (var i = 1; i <= distinct.size(); i++) {
            var first = distinct.get(from);
            if (i < distinct.size() && distinct.get(i).traceId().equals(first.traceId())) {
                continue;
            }
            traces.put(first.traceId(), Collections.unmodifiableList(distinct.subList(from, i)));
            from = i;
        }
        return traces;
    }

    /**
     * How large the span is, as {@link #MAXIMUM_SPAN_SIZE} counts; negative if its name is empty or missing, if one of its
     * texts, or how much it has of anything, is among what is refused. Its ids, times and columns aren't looked at. What it
     * finds is kept in the {@link io.deploytrace.span.Attributes}, so that it costs little to ask again.
     */
    public static long sizeOf(Span span) {
        return SpanSize.of(span);
    }

    /**
     * Why the span would be refused, in words that follow its name, or null if it wouldn't be. Says nothing of what it must have in
     * common with the other spans of its trace.
     */
    public static @Nullable String problemOf(Span span) {
        try {
            new SpanCheck().check(span);
            return null;
        } catch (SpanStoreException refusal) {
            return InvalidSpan.problem(span, refusal);
        }
    }

    /** The distinct spans, ordered by trace id, then span id; unmodifiable. */
    public List<Span> spans() {
        return spans;
    }

    /** The distinct spans of each trace, both in the order of {@link #spans()}; unmodifiable. */
    public Map<String, List<Span>> traces() {
        return traces;
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** An unmodifiable list that knows the batch whose spans it holds. */
    private static final class CheckedSpans extends AbstractList<Span> implements RandomAccess {

        private final SpanBatch batch;
        private final List<Span> spans;

        CheckedSpans(SpanBatch batch, List<Span> spans) {
            this.batch = batch;
            this.spans = spans;
        }

        @Override
        public Span get(int index) {
            return spans.get(index);
        }

        @Override
        public int size() {
            return spans.size();
        }
    }
}
