package io.deploytrace.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.json.SpanJson;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.TimeRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Spans by their columns, the newest first. A page is read part by part, so that a large one isn't in memory as a whole. */
final class SpanList implements Endpoint {

    private static final int PART = 100;

    private static final Map<String, SpanColumn> COLUMNS = columns();

    private static final List<String> PARAMETERS = Stream.concat(
                    COLUMNS.keySet().stream(), Stream.of("since", "until", Parameters.LIMIT, Parameters.CURSOR))
            .toList();

    private final SpanReader reader;

    SpanList(SpanReader reader) {
        this.reader = reader;
    }

    /** By the names that they have in JSON, but for the release target, which is called as in all routes. */
    private static Map<String, SpanColumn> columns() {
        return Stream.of(SpanColumn.values())
                .collect(Collectors.toMap(SpanList::parameter, column -> column, (a, b) -> a, LinkedHashMap::new));
    }

    private static String parameter(SpanColumn column) {
        var words = column.column().split("_");
        return column == SpanColumn.RELEASE_TARGET_KEY
                ? "releaseTarget"
                : words[0]
                        + Stream.of(words)
                                .skip(1)
                                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                                .collect(Collectors.joining());
    }

    @Override
    public List<String> parameters() {
        return PARAMETERS;
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(PARAMETERS);
        var paging = Paging.of("spans", request.workspaceId(), parameters, request.now());
        var range = new TimeRange(parameters.time("since", paging.now()), parameters.time("until", paging.now()));
        var parts = new Parts(request.workspaceId(), filter(parameters).within(range), paging);
        var first = parts.first(request.deadline());
        return Answer.inPieces(first, parts.ended ? null : parts);
    }

    private static SpanFilter filter(Parameters parameters) {
        var filter = SpanFilter.ALL;
        for (var entry : COLUMNS.entrySet()) {
            var value = entry.getValue().type() == Integer.class
                    ? parameters.number(entry.getKey())
                    : parameters.text(entry.getKey());
            filter = value == null ? filter : filter.and(entry.getValue(), value);
        }
        return filter;
    }

    private final class Parts implements Answer.Pieces {

        private final UUID workspaceId;
        private final SpanFilter filter;
        private final Paging paging;
        private final JsonText text = new JsonText();
        private int left;
        private @Nullable String cursor;
        private boolean ended;

        Parts(UUID workspaceId, SpanFilter filter, Paging paging) {
            this.workspaceId = workspaceId;
            this.filter = filter;
            this.paging = paging;
            this.left = paging.limit();
            this.cursor = paging.storeCursor();
        }

        byte[] first(Deadline deadline) {
            var page = read(deadline);
            return text.write(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("spans");
                write(json, page);
            });
        }

        @Override
        public byte @Nullable [] next(Deadline deadline) {
            if (ended) {
                return null;
            }
            var page = read(deadline);
            return text.write(json -> write(json, page));
        }

        private Page<Span> read(Deadline deadline) {
            var page = Paging.read(
                    new PageRequest(Math.min(left, PART), cursor),
                    asked -> reader.spans(workspaceId, filter, asked, deadline));
            left -= page.items().size();
            cursor = page.nextCursor();
            ended = left <= 0 || cursor == null;
            return page;
        }

        private void write(JsonGenerator json, Page<Span> page) throws IOException {
            for (var span : page.items()) {
                SpanJson.writeSpan(json, span);
            }
            if (ended) {
                json.writeEndArray();
                json.writeStringField("nextCursor", paging.next(cursor));
                json.writeEndObject();
            }
        }
    }
}
