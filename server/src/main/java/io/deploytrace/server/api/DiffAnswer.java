package io.deploytrace.server.api;

import io.deploytrace.json.DiffJson;
import io.deploytrace.store.Answers;
import io.deploytrace.store.SpanReader;
import java.util.List;

/** How two traces differ, or what changed at a release target. */
final class DiffAnswer implements Endpoint {

    private static final String A = "a";
    private static final String B = "b";
    private static final String RELEASE_TARGET = "releaseTarget";

    private final SpanReader reader;
    private final Outlines outlines;

    DiffAnswer(SpanReader reader, Outlines outlines) {
        this.reader = reader;
        this.outlines = outlines;
    }

    @Override
    public List<String> parameters() {
        return List.of(A, B, RELEASE_TARGET);
    }

    @Override
    public Answer answer(ApiRequest request) {
        var parameters = request.parameters(parameters());
        var target = parameters.text(RELEASE_TARGET);
        if (target == null) {
            var a = parameters.traceId(A);
            var b = parameters.traceId(B);
            return outlines.answer(request, answers -> ofTraces(request, a, b, answers));
        }
        if (parameters.text(A) != null || parameters.text(B) != null) {
            throw Parameters.invalid(
                    RELEASE_TARGET, "can't be given with a or b: give two traces, or a release target");
        }
        return outlines.answer(request, answers -> ofTarget(request, target, answers));
    }

    private static Answer ofTarget(ApiRequest request, String target, Answers answers) {
        var diff = answers.diffTarget(request.workspaceId(), target, request.deadline());
        return Answer.whole(json -> DiffJson.write(json, diff, request.now()));
    }

    private Answer ofTraces(ApiRequest request, String a, String b, Answers answers) {
        var diff = answers.diff(request.workspaceId(), a, b, request.deadline())
                .orElseThrow(() -> ProblemException.traceNotFound(missing(request, a, b)));
        return Answer.whole(json -> DiffJson.write(json, diff, request.now()));
    }

    private String missing(ApiRequest request, String a, String b) {
        return reader.summary(request.workspaceId(), a, request.deadline()).isEmpty() ? a : b;
    }
}
