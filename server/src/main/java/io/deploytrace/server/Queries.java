package io.deploytrace.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Answer;
import io.deploytrace.server.api.Api;
import io.deploytrace.server.api.ApiRequest;
import io.deploytrace.server.api.Endpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns requests over HTTP into questions of the API, for those who may ask them. */
final class Queries {

    private static final int MOST_PARAMETERS = 100;

    private final WorkspaceAccess access;

    Queries(WorkspaceAccess access) {
        this.access = access;
    }

    /** What answers questions about the workspace of the path. */
    QueryService.Query of(Endpoint endpoint) {
        return context -> endpoint.answer(request(context));
    }

    private ApiRequest request(ServiceRequestContext context) {
        var deadline = Gate.deadline(context);
        var sent = Objects.requireNonNull(context.pathParam("workspaceId"));
        return new ApiRequest(
                access.require(Gate.principal(context), sent, deadline),
                context.pathParam("traceId"),
                query(context),
                context.request().headers().get(HttpHeaderNames.IF_NONE_MATCH),
                Instant.now(),
                deadline);
    }

    /** What answers which workspaces there are. */
    Answer workspaces(ServiceRequestContext context) {
        return Api.workspaces(query(context), access.readable(Gate.principal(context), Gate.deadline(context)));
    }

    /** The parameters of a request with all their values. */
    static Map<String, List<String>> query(ServiceRequestContext context) {
        var query = new HashMap<String, List<String>>();
        var params = QueryParams.fromQueryString(context.query(), MOST_PARAMETERS, false);
        params.names().forEach(name -> query.put(name, params.getAll(name)));
        return query;
    }
}
