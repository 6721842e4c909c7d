package io.deploytrace.benchmarks;

import io.deploytrace.benchmarks.OtlpWay.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Each question of the query API, asked one after the other by one client of a server whose database holds a million spans, while another
 * client goes on writing.
 */
final class Reads implements Bench {

    private static final int TRACES = 1_000_000 / WorkloadTrace.SPANS;
    private static final int REQUESTS = 500;
    private static final int WARM_UPS = 1;
    private static final long SEED = 7;

    /** One question in ten is a trace that was blocked: else all lists would look alike. */
    private static final List<String> VARIETY = List.of("""
            UPDATE deployment_trace
            SET outcome = 'blocked', cause_name = 'Approval Policy', cause_rule = 'approval',
                cause_message = 'Waiting for 1 of 2 approvals', fingerprint = '1:blocked'
            WHERE hashtext(trace_id) % 10 = 0
            """, """
            UPDATE deployment_trace_span
            SET status = 'blocked'
            WHERE name = 'Approval Policy' AND hashtext(trace_id) % 10 = 0
            """, "VACUUM ANALYZE", "CHECKPOINT");

    /**
     * How long the answers to one question took.
     *
     * @param question the question
     * @param milliseconds one after the other
     */
    private record Waits(Question question, List<Double> milliseconds) {

        static Waits of(Question question) {
            return new Waits(question, new ArrayList<>());
        }

        List<Figure> figures() {
            var sorted = milliseconds.stream().sorted().toList();
            var name = "read: " + question.words();
            return List.of(
                    Figure.reported(name + ", p50 ms", Spread.of(sorted.get(sorted.size() / 2))),
                    Figure.atMost(
                            name + ", p99 ms",
                            question.goalMilliseconds(),
                            Spread.of(sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)))));
        }
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var database = setting.server().ours("read");
        Fill.ours(database, setting.workload(), setting.traces(TRACES));
        for (var statement : VARIETY) {
            database.execute(statement);
        }
        Log.line("The database holds " + database.number("SELECT count(*) FROM deployment_trace_span") + " spans.");
        var samples = ReadSample.of(database, setting.isQuick() ? 8 : REQUESTS, new Random(SEED));
        try (var server = ServerProcess.start(database);
                var way = new OtlpWay(Protocol.GRPC, server.port(), server.key());
                var writer = new QuietWriter(way, setting.workload())) {
            writer.start();
            var client = new ReadClient(server.port(), server.key());
            var figures = measure(setting, client, samples);
            Log.line("Meanwhile " + writer.written() + " traces were written.");
            return figures;
        }
    }

    private static List<Figure> measure(Setting setting, ReadClient client, List<ReadSample> samples) throws Exception {
        var waits = Question.ALL.stream().map(Waits::of).toList();
        for (var round = -WARM_UPS * setting.warmUps(); round < setting.rounds(); round++) {
            for (var waited : waits) {
                var measured = client.ask(waited.question(), samples);
                if (round >= 0) {
                    waited.milliseconds().addAll(measured);
                }
            }
        }
        return waits.stream().flatMap(waited -> waited.figures().stream()).toList();
    }
}
