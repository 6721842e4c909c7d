package io.deploytrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The questions of the query API that look at very many traces: the history of a busy release target, and a release that is everywhere. */
final class Comparisons implements Bench {

    private static final int TRACES = 100_000;
    private static final int TARGETS = 1_000;
    private static final int REQUESTS = 4;
    private static final long SEED = 1;

    /** A day of traces of one target, whose answer changes with the number that is given: of so many traces in a row it is the same. */
    private static final String DAY = """
            INSERT INTO deployment_trace (workspace_id, trace_id, release_target_key, release_id, trigger, start_time, end_time, outcome,
              cause_span_id, cause_rule, cause_name, cause_message, span_count, open_count, fingerprint, created_at, updated_at, revision)
            SELECT workspace, md5('%1$s' || n), '%1$s', 'v1', 'schedule', at, at, CASE WHEN n / %2$d %% 2 = 0 THEN 'blocked' ELSE 'waiting' END,
              '0000000000000001', 'rule', 'step ' || n / %2$d %% 2, 'message ' || n, 16, 0, '1:' || n / %2$d %% 2, at, at, 1
            FROM (SELECT n, '%3$s'::uuid AS workspace, now() - n * interval '0.8 seconds' AS at FROM generate_series(1, %4$d) n) trace
            """;

    /** A release that was tried some times at each target, and what was there before. */
    private static final String EVERYWHERE = """
            INSERT INTO deployment_trace (workspace_id, trace_id, release_target_key, release_id, trigger, start_time, end_time, outcome,
              cause_span_id, cause_rule, cause_name, cause_message, span_count, open_count, fingerprint, created_at, updated_at, revision)
            SELECT '%1$s'::uuid, md5('edge' || target || '-' || n), 'edge-' || target, CASE WHEN n <= 10 THEN 'everywhere' ELSE 'before' END,
              'schedule', at, at, CASE WHEN target %% 4 = 0 THEN 'blocked' ELSE 'deployed' END,
              '0000000000000001', 'rule', 'step ' || target %% 3, 'message', 16, 0, '1:' || target %% 4, at, at, 1
            FROM generate_series(1, %2$d) target, generate_series(1, 20) n,
              LATERAL (SELECT now() - n * interval '1 minute' - target * interval '1 millisecond' AS at) trace
            """;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var database = setting.server().ours("comparisons");
        Fill.ours(database, setting.workload(), setting.traces(TARGETS));
        var workspace = ReadSample.of(database, 1, new Random(SEED)).get(0).workspaceId();
        var traces = setting.isQuick() ? TARGETS : TRACES;
        database.execute(DAY.formatted("steady", TRACES / 20, workspace, traces));
        database.execute(DAY.formatted("flapping", 1, workspace, traces));
        database.execute(EVERYWHERE.formatted(workspace, setting.isQuick() ? 16 : TARGETS));
        database.execute("VACUUM ANALYZE");
        try (var server = ServerProcess.start(database)) {
            return figures(setting, new ReadClient(server.port(), server.key()), workspace);
        }
    }

    private static List<Figure> figures(Setting setting, ReadClient client, UUID workspace) throws Exception {
        var questions = List.of(
                question("history of 100,000 traces, 20 answers", 1_000, workspace, "/history?releaseTarget=steady"),
                question("history of 100,000 traces that flap", 1_000, workspace, "/history?releaseTarget=flapping"),
                question("a release at 1,000 targets", 200, workspace, "/fanout?releaseId=everywhere"));
        var figures = new ArrayList<Figure>();
        for (var question : questions) {
            figures.add(figure(setting, client, question));
        }
        return figures;
    }

    private static Question question(String words, int goalMilliseconds, UUID workspace, String path) {
        return new Question(words, goalMilliseconds, sample -> "/" + workspace + path);
    }

    private static Figure figure(Setting setting, ReadClient client, Question question) throws Exception {
        var waits = new ArrayList<Double>();
        var sample = new ReadSample(new UUID(0, 0), "", "", "", "", "");
        for (var round = -setting.warmUps(); round < setting.rounds(); round++) {
            for (var i = 0; i < REQUESTS; i++) {
                var wait = client.ask(question, List.of(sample)).get(0);
                if (round >= 0) {
                    waits.add(wait);
                }
            }
        }
        return Figure.atMost("read: " + question.words() + ", ms", question.goalMilliseconds(), Spread.of(waits));
    }
}
