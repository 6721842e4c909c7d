package io.deploytrace.cli;

import io.deploytrace.query.Cause;
import io.deploytrace.store.StoredTrace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Traces as a table for people: a line each. */
final class TraceTable {

    /** As many digits of a trace id as tell traces apart: the last, since the first are a time and all alike. */
    private static final int SHORT_ID = 10;

    /** On screens narrower than this, trace ids are shortened. */
    private static final int FULL_IDS_FROM = 160;

    private TraceTable() {}

    static List<String> lines(List<StoredTrace> traces, Screen screen) {
        var table = new Table(
                Table.Column.fixed("AGE"),
                new Table.Column("TARGET", 8),
                Table.Column.fixed("OUTCOME"),
                new Table.Column("CAUSE", 8),
                new Table.Column("RELEASE", 6),
                Table.Column.fixed("TRACE"));
        traces.forEach(trace -> table.add(row(trace, screen)));
        return table.lines(screen);
    }

    private static StyledText[] row(StoredTrace trace, Screen screen) {
        var summary = trace.summary();
        return new StyledText[] {
            StyledText.of(Hue.FAINT, Durations.age(trace.createdAt(), screen.now())),
            text(summary.releaseTargetKey()),
            StyledText.of(Hue.of(summary.outcome()), summary.outcome().value()),
            StyledText.of(cause(summary.cause())),
            text(summary.releaseId()),
            StyledText.of(Hue.FAINT, traceId(summary.traceId(), screen))
        };
    }

    private static StyledText text(@Nullable String text) {
        return StyledText.of(Objects.requireNonNullElse(text, ""));
    }

    private static String traceId(String id, Screen screen) {
        return screen.width() < FULL_IDS_FROM && id.length() > SHORT_ID ? id.substring(id.length() - SHORT_ID) : id;
    }

    /** What stood in the way, and why. */
    static String cause(@Nullable Cause cause) {
        if (cause == null) {
            return "";
        }
        return cause.message() == null ? cause.name() : cause.name() + ": " + cause.message();
    }
}
