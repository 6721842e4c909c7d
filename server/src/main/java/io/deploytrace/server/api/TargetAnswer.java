package io.deploytrace.server.api;

import io.deploytrace.json.WhyJson;
import java.util.List;

/** Why a release target is as it is, also if nothing of it is on record. */
final class TargetAnswer implements Endpoint {

    private static final String RELEASE_TARGET = "releaseTarget";
    private static final String SINCE = "since";

    private final Outlines outlines;

    TargetAnswer(Outlines outlines) {
        this.outlines = outlines;
    }

    @Override
    public List<String> parameters() {
        return List.of(RELEASE_TARGET, SINCE);
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(parameters());
        var since = parameters.time(SINCE, request.now());
        var target = parameters.required(RELEASE_TARGET);
        return outlines.answer(request, answers -> {
            var why = answers.whyTarget(request.workspaceId(), target, since, request.deadline());
            return Answer.whole(json -> WhyJson.write(json, why, request.now()));
        });
    }
}
