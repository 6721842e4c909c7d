package io.deploytrace.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.json.TraceTreeJson;
import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.StoredTrace;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trace that is written piece by piece, its spans read as they are needed. */
final class LargeTrace implements Answer.Pieces {

    /** Up to so many spans are read at once. */
    private static final int SMALL = 500;

    private final Layout layout;
    private final int part;
    private final Reading reading;
    private final Writing writing;
    private final JsonText text = new JsonText();
    private int at;
    private boolean ended;

    /** Reads spans, or what is needed of them. */
    @FunctionalInterface
    interface Reading {

        /** Of the spans of the keys, in their order; those that don't exist are left out. */
        List<Span> read(List<SpanKey> keys, Deadline deadline);
    }

    /** Writes a span. */
    @FunctionalInterface
    interface Writing {

        /** Writes it with its place in the tree. */
        void write(JsonGenerator json, Span span, int level, Placement placement) throws IOException;
    }

    /**
     * A trace that is laid out.
     *
     * @param part how many spans are in memory at once
     */
    LargeTrace(Layout layout, int part, Reading reading, Writing writing) {
        this.layout = layout;
        this.part = part;
        this.reading = reading;
        this.writing = writing;
    }

    /** Whether the trace with those linked to it has so many spans that it isn't to be in memory as a whole. */
    static boolean isLarge(StoredTrace trace, List<StoredTrace> linked) {
        return trace.summary().spanCount()
                        + linked.stream()
                                .mapToLong(other -> other.summary().spanCount())
                                .sum()
                > SMALL;
    }

    /** What comes before the spans. */
    byte[] first(JsonText.Body beginning) {
        return text.write(beginning);
    }

    @Override
    public byte @Nullable [] next(Deadline deadline) {
        if (ended) {
            return null;
        }
        if (at == layout.size()) {
            ended = true;
            return text.write(TraceTreeJson::end);
        }
        return part(Math.min(at + part, layout.size()), deadline);
    }

    private byte[] part(int end, Deadline deadline) {
        var keys = layout.keys(at, end);
        var spans = reading.read(keys, deadline);
        if (spans.size() != keys.size()) {
            throw new IllegalStateException("Spans of a trace were removed while it was read");
        }
        return text.write(json -> {
            for (var span : spans) {
                writing.write(json, span, layout.level(at), layout.placement(at));
                at++;
            }
        });
    }
}
