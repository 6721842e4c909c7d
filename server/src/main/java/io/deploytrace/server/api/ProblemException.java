package io.deploytrace.server.api;

import io.deploytrace.store.Answers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A question that can't be answered as it was asked. It has no stack trace: it tells of the request, not of the server. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final @Nullable String parameter;
    private final transient List<String> allowed;

    ProblemException(Problem problem, String detail) {
        this(problem, detail, null, List.of());
    }

    ProblemException(Problem problem, String detail, @Nullable String parameter, List<String> allowed) {
        super(detail, null, false, false);
        this.problem = problem;
        this.parameter = parameter;
        this.allowed = List.copyOf(allowed);
    }

    /** That there is no such workspace, or none for who asks, which look the same. */
    public static ProblemException workspaceNotFound() {
        return new ProblemException(
                Problem.WORKSPACE_NOT_FOUND, "There is no such workspace, or the key isn't good for it.");
    }

    static ProblemException traceNotFound(String traceId) {
        return new ProblemException(Problem.TRACE_NOT_FOUND, "There is no trace " + traceId + " in this workspace.");
    }

    /** The same, with what can be said of the trace. */
    static ProblemException traceNotFound(List<String> sentences) {
        return new ProblemException(Problem.TRACE_NOT_FOUND, String.join(" ", sentences));
    }

    /** That there is no such trace, with what can be known of it. */
    static ProblemException traceNotFound(ApiRequest request, Answers answers) {
        var absence = answers.absence(request.workspaceId(), request.trace(), request.now(), request.deadline());
        return traceNotFound(absence.lines(request.now()));
    }

    static ProblemException parameter(String name, String detail, List<String> allowed) {
        return new ProblemException(Problem.INVALID_PARAMETER, detail, name, allowed);
    }

    /** What kind of problem it is. */
    public Problem problem() {
        return problem;
    }

    /** What is wrong, for a person. */
    public String detail() {
        return Objects.requireNonNull(getMessage());
    }

    /** The parameter that is at fault; null if none is. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** What is allowed instead; empty where that can't be listed. */
    public List<String> allowed() {
        return allowed;
    }
}
