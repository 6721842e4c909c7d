package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.json.TraceTreeJson;
import io.deploytrace.query.Completeness;
import io.deploytrace.query.TraceTree;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One trace with what is linked to it, as people and as programs read it.
 *
 * @param trace the trace's summary
 * @param spans its spans and those of the traces linked to it
 * @param linked the summaries of the traces linked to it
 */
record TraceView(StoredTrace trace, List<Span> spans, List<StoredTrace> linked) {

    /** Draws what became of it, then the tree. */
    void draw(Screen screen, Consumer<String> out) {
        var summary = trace.summary();
        var why = Why.of(spans);
        var separator = screen.glyphs().separator;
        var headline = StyledText.EMPTY;
        for (var part : new String[] {summary.releaseTargetKey(), summary.releaseId()}) {
            headline = part == null ? headline : headline.plus(Hue.STRONG, part).plus(Hue.FAINT, separator);
        }
        headline = headline.plus(Hue.of(why.outcome()), why.outcome().value()).plus(duration(screen));
        print(screen, headline, out);
        var began = Durations.exact(summary.startTime()) + ", "
                + Durations.age(summary.startTime(), screen.now()) + " ago" + separator + "trace "
                + summary.traceId();
        print(screen, StyledText.of(Hue.FAINT, began), out);
        print(screen, StyledText.of(Hue.WAITING, doubt(why.completeness())), out);
        TreeDrawing.draw(TraceTree.of(spans), screen, out);
    }

    private String duration(Screen screen) {
        var summary = trace.summary();
        var end = summary.endTime();
        return end == null
                ? " for " + Durations.words(Duration.between(summary.startTime(), screen.now()))
                : " after " + Durations.words(Duration.between(summary.startTime(), end));
    }

    private String doubt(Completeness completeness) {
        var summary = trace.summary();
        return switch (completeness) {
            case COMPLETE -> "";
            case OPEN ->
                "open: " + summary.openCount() + " of " + summary.spanCount()
                        + " spans have not ended; it is running, or its controller died";
            case PARTIAL -> "partial: spans of this trace are missing";
        };
    }

    private static void print(Screen screen, StyledText line, Consumer<String> out) {
        for (var part : line.isEmpty() ? List.<StyledText>of() : line.wrap(screen.width())) {
            out.accept(screen.line(screen.cut(part, screen.width())));
        }
    }

    /** The same as JSON, with all that is stored. */
    void write(JsonGenerator json) throws IOException {
        TraceTreeJson.write(json, trace, linked, spans);
    }
}
