package io.deploytrace.server.api;

import io.deploytrace.json.HistoryJson;
import io.deploytrace.store.Answers;
import io.deploytrace.store.TimeRange;
import java.util.List;

/** What became of a release target, the newest first, consecutive traces that gave the same answer as one line. */
final class HistoryAnswer implements Endpoint {

    private static final String RELEASE_TARGET = "releaseTarget";

    private final Answers answers;

    HistoryAnswer(Answers answers) {
        this.answers = answers;
    }

    @Override
    public List<String> parameters() {
        return List.of(RELEASE_TARGET, "since", "until", Parameters.LIMIT, Parameters.CURSOR);
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(parameters());
        var target = parameters.required(RELEASE_TARGET);
        var paging = Paging.of("history", request.workspaceId(), parameters, request.now());
        var range = new TimeRange(parameters.time("since", paging.now()), parameters.time("until", paging.now()));
        var history = Paging.valid(
                () -> answers.history(request.workspaceId(), target, range, paging.request(), request.deadline()));
        return Answer.whole(json -> HistoryJson.write(json, history, paging.next(history.nextCursor()), request.now()));
    }
}
