package io.deploytrace.cli;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds the trace that a person means by an id, or by the last digits of one as lists show them. */
final class TraceIds {

    private static final Pattern FULL = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern END = Pattern.compile("[0-9a-f]{6,31}");

    /** Among how many of the newest traces an abbreviated one is looked for. */
    private static final int SEARCHED = 10_000;

    private TraceIds() {}

    static boolean isFull(String text) {
        return FULL.matcher(normal(text)).matches();
    }

    /** That a trace isn't there, and what shows those that are. */
    static ProgramException notFound(Environment environment, String id) {
        return ProgramException.notFound("There is no trace " + id + " in this workspace. '" + environment.program()
                + " list' shows those there are.");
    }

    private static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The full id; one that is given in full is not looked for.
     *
     * @throws ProgramException if the text is no id, or no trace or several end so
     */
    static String resolve(SpanReader reader, UUID workspaceId, String text, Deadline deadline) {
        var id = normal(text);
        if (FULL.matcher(id).matches()) {
            return id;
        }
        if (!END.matcher(id).matches()) {
            throw ProgramException.usage("'" + CleanText.clean(text)
                    + "' is no trace id: give its 32 hex digits, or at least the last 6 of them.");
        }
        var found = endingSo(reader, workspaceId, id, deadline);
        if (found.size() != 1) {
            throw ProgramException.notFound(
                    found.isEmpty()
                            ? "None of the newest " + SEARCHED + " traces ends in " + id
                                    + ". Give the full id; linked traces are found by theirs alone."
                            : "Several traces end in " + id + ": " + String.join(", ", found) + ".");
        }
        return found.get(0);
    }

    private static List<String> endingSo(SpanReader reader, UUID workspaceId, String end, Deadline deadline) {
        var found = new ArrayList<String>();
        var request = PageRequest.first(PageRequest.MAXIMUM_LIMIT);
        for (var searched = 0; searched < SEARCHED; searched += PageRequest.MAXIMUM_LIMIT) {
            var page = reader.traces(workspaceId, TraceFilter.ALL, request, deadline);
            page.items().stream()
                    .map(StoredTrace::summary)
                    .map(summary -> summary.traceId())
                    .filter(id -> id.endsWith(end))
                    .forEach(found::add);
            if (page.nextCursor() == null) {
                break;
            }
            request = new PageRequest(PageRequest.MAXIMUM_LIMIT, page.nextCursor());
        }
        return found;
    }
}
