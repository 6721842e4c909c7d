package io.deploytrace.server.api;

import io.deploytrace.json.TraceTreeJson;
import io.deploytrace.query.Outline;
import io.deploytrace.query.TraceTree;
import io.deploytrace.store.Answers;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import java.util.List;

/**
 * The tree of one trace with those linked to it: of each span what a row shows. What needs all spans to be known before the first is sent,
 * such as the outcome, is left to {@link TraceAnswer}.
 */
final class TraceRows implements Endpoint {

    private static final int PART = SpanReader.MAXIMUM_KEYS;

    private final SpanReader reader;
    private final Answers answers;
    private final Outlines outlines;

    TraceRows(SpanReader reader, Answers answers, Outlines outlines) {
        this.reader = reader;
        this.answers = answers;
        this.outlines = outlines;
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public Answer answer(ApiRequest request) {
        request.parameters(parameters());
        var trace = reader.summary(request.workspaceId(), request.trace(), request.deadline())
                .orElseThrow(() -> ProblemException.traceNotFound(request, answers));
        var linked = reader.linkedTraces(request.workspaceId(), request.trace(), request.deadline());
        return LargeTrace.isLarge(trace, linked) ? large(request, trace, linked) : small(request, trace, linked);
    }

    private Answer small(ApiRequest request, StoredTrace trace, List<StoredTrace> linked) {
        var spans = reader.traceWithLinked(request.workspaceId(), request.trace(), request.deadline());
        if (spans.isEmpty()) {
            throw ProblemException.traceNotFound(request, answers);
        }
        return Answer.whole(json -> {
            TraceTreeJson.beginRows(json, trace, linked);
            for (var node : TraceTree.of(spans).nodes()) {
                TraceTreeJson.writeRow(json, Outline.withMessage(node.span()), node.level(), node.placement());
            }
            TraceTreeJson.end(json);
        });
    }

    private Answer large(ApiRequest request, StoredTrace trace, List<StoredTrace> linked) {
        var pieces = new LargeTrace(
                outlines.read(request, Layout::new),
                PART,
                (keys, deadline) -> reader.outlinesOf(request.workspaceId(), keys, deadline),
                TraceTreeJson::writeRow);
        return Answer.inPieces(pieces.first(json -> TraceTreeJson.beginRows(json, trace, linked)), pieces);
    }
}
