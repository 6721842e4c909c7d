package io.deploytrace.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * What the query API can be asked.
 *
 * @param words what it is called in the table
 * @param goalMilliseconds the wait that 99 of 100 shall not exceed
 * @param path the path of the request, with its query, below that of the workspaces
 */
record Question(String words, int goalMilliseconds, Function<ReadSample, String> path) {

    /** All of them. */
    static final List<Question> ALL = List.of(
            new Question("the workspaces", 20, sample -> ""),
            inWorkspace("a trace by its id", 10, sample -> "/traces/" + sample.traceId()),
            inWorkspace("the tree of a trace", 20, sample -> "/traces/" + sample.traceId() + "/tree"),
            inWorkspace("why of a trace", 20, sample -> "/traces/" + sample.traceId() + "/why"),
            inWorkspace(
                    "why of a release target", 20, sample -> "/why?releaseTarget=" + text(sample.releaseTargetKey())),
            inWorkspace(
                    "how two traces differ",
                    20,
                    sample -> "/diff?a=" + sample.traceId() + "&b=" + sample.otherTraceId()),
            inWorkspace(
                    "what changed at a release target",
                    20,
                    sample -> "/diff?releaseTarget=" + text(sample.releaseTargetKey())),
            inWorkspace(
                    "the history of a release target",
                    20,
                    sample -> "/history?releaseTarget=" + text(sample.releaseTargetKey())),
            inWorkspace("how a release stands", 20, sample -> "/fanout?releaseId=" + text(sample.releaseId())),
            inWorkspace("traces, the newest 50", 20, sample -> "/traces"),
            inWorkspace("traces, the newest 1,000", 20, sample -> "/traces?limit=1000"),
            inWorkspace(
                    "traces of a release target",
                    20,
                    sample -> "/traces?releaseTarget=" + text(sample.releaseTargetKey())),
            inWorkspace("traces of a release", 20, sample -> "/traces?releaseId=" + text(sample.releaseId())),
            inWorkspace("traces of a job", 20, sample -> "/traces?jobId=" + text(sample.jobId())),
            inWorkspace("traces by outcome", 20, sample -> "/traces?outcome=blocked"),
            inWorkspace("traces by a span's status", 20, sample -> "/traces?status=blocked"),
            inWorkspace("traces of the last hour", 20, sample -> "/traces?since=1h"),
            inWorkspace("traces by a text that many have", 20, sample -> "/traces?q=approvals"),
            inWorkspace("traces by a text that few have", 20, sample -> "/traces?q=" + text(sample.jobId())),
            inWorkspace("release targets", 20, sample -> "/targets"),
            inWorkspace("release targets by outcome", 20, sample -> "/targets?outcome=blocked"),
            inWorkspace("release targets by text", 20, sample -> "/targets?q=" + text(sample.releaseTargetKey())),
            inWorkspace("spans of a job", 20, sample -> "/spans?jobId=" + text(sample.jobId())),
            inWorkspace(
                    "spans of a release target",
                    20,
                    sample -> "/spans?releaseTarget=" + text(sample.releaseTargetKey())),
            inWorkspace("spans, the newest 50", 20, sample -> "/spans"),
            inWorkspace("spans by name", 20, sample -> "/spans?name=" + text("Approval Policy")),
            inWorkspace("spans by phase and node type", 20, sample -> "/spans?phase=planning&nodeType=decision"));

    private static Question inWorkspace(String words, int goalMilliseconds, Function<ReadSample, String> path) {
        return new Question(words, goalMilliseconds, sample -> "/" + sample.workspaceId() + path.apply(sample));
    }

    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
