package io.deploytrace.server.api;

import io.deploytrace.json.TargetJson;
import io.deploytrace.query.Outcome;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.TargetFilter;
import java.util.List;

/** Release targets, by key, each with its newest trace and those before. */
final class TargetList implements Endpoint {

    private static final List<String> PARAMETERS =
            List.of("outcome", Parameters.TEXT, Parameters.LIMIT, Parameters.CURSOR);

    private final SpanReader reader;

    TargetList(SpanReader reader) {
        this.reader = reader;
    }

    @Override
    public List<String> parameters() {
        return PARAMETERS;
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(PARAMETERS);
        var paging = Paging.of("targets", request.workspaceId(), parameters, request.now());
        var filter =
                new TargetFilter(parameters.oneOf("outcome", Outcome.values(), Outcome::value), parameters.search());
        var page = Paging.read(
                paging.request(), asked -> reader.targets(request.workspaceId(), filter, asked, request.deadline()));
        return paging.answer("targets", page, TargetJson::write);
    }
}
