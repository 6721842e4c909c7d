package io.deploytrace.server.api;

import io.deploytrace.json.FanoutJson;
import io.deploytrace.store.Answers;
import java.util.List;

/** How a release stands at every release target it concerns. */
final class FanoutAnswer implements Endpoint {

    private static final String RELEASE_ID = "releaseId";

    private final Answers answers;

    FanoutAnswer(Answers answers) {
        this.answers = answers;
    }

    @Override
    public List<String> parameters() {
        return List.of(RELEASE_ID);
    }

    @Override
    public Answer answer(ApiRequest request) {
        var release = request.parameters(parameters()).required(RELEASE_ID);
        var fanout = answers.fanout(request.workspaceId(), release, request.deadline());
        return Answer.whole(json -> FanoutJson.write(json, fanout, request.now()));
    }
}
