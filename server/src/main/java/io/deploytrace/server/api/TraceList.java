package io.deploytrace.server.api;

import io.deploytrace.json.TraceJson;
import io.deploytrace.query.Outcome;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.List;

/** Traces, the newest first. */
final class TraceList implements Endpoint {

    private static final List<String> PARAMETERS = List.of(
            "releaseTarget",
            "releaseId",
            "jobId",
            "phase",
            "nodeType",
            "status",
            "outcome",
            "since",
            "until",
            Parameters.TEXT,
            Parameters.LIMIT,
            Parameters.CURSOR);

    private final SpanReader reader;

    TraceList(SpanReader reader) {
        this.reader = reader;
    }

    @Override
    public List<String> parameters() {
        return PARAMETERS;
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(PARAMETERS);
        var paging = Paging.of("traces", request.workspaceId(), parameters, request.now());
        var filter = filter(parameters, paging.now());
        var page = Paging.read(
                paging.request(), asked -> reader.traces(request.workspaceId(), filter, asked, request.deadline()));
        return paging.answer("traces", page, TraceJson::writeTrace);
    }

    private static TraceFilter filter(Parameters parameters, Instant now) {
        return new TraceFilter(
                parameters.text("releaseTarget"),
                parameters.text("releaseId"),
                parameters.text("jobId"),
                parameters.word("phase", Phase.values(), Phase::value),
                parameters.word("nodeType", NodeType.values(), NodeType::value),
                parameters.word("status", Status.values(), Status::value),
                parameters.oneOf("outcome", Outcome.values(), Outcome::value),
                parameters.search(),
                new TimeRange(parameters.time("since", now), parameters.time("until", now)));
    }
}
