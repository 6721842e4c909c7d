package io.deploytrace.server.api;

import io.deploytrace.json.WhyJson;
import io.deploytrace.store.Answers;
import java.util.List;

/** Why a trace ended as it did. */
final class TraceAnswer implements Endpoint {

    private final Outlines outlines;

    TraceAnswer(Outlines outlines) {
        this.outlines = outlines;
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public Answer answer(ApiRequest request) {
        request.parameters(parameters());
        return outlines.answer(request, answers -> answer(request, answers));
    }

    private static Answer answer(ApiRequest request, Answers answers) {
        var why = answers.whyTrace(request.workspaceId(), request.trace(), request.deadline())
                .orElseThrow(() -> ProblemException.traceNotFound(request, answers));
        return Answer.whole(json -> WhyJson.write(json, why, request.now()));
    }
}
