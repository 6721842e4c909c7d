package io.deploytrace.benchmarks;

import io.deploytrace.benchmarks.OtlpWay.Protocol;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Complete traces from 16 threads, one trace a call, through the server by each protocol; beside the store itself and the buffered
 * writer, which is what the server writes through. All into one database, in turn.
 */
final class IngestWrites implements Bench {

    private static final int THREADS = 16;
    private static final int TRACES = 2_000;

    /** The server's process compiles as well, and runs only three rounds in five. */
    private static final int WARM_UPS = 2;

    /**
     * One way and what was measured of it.
     *
     * @param name what it is called in the table
     * @param way the way
     * @param rounds one after the other
     */
    private record Measured(String name, IngestWay way, List<IngestRound> rounds) {

        static Measured of(String name, IngestWay way) {
            return new Measured(name, way, new ArrayList<>());
        }

        Spread speedOver(Measured baseline) {
            var ratios = new ArrayList<Double>();
            for (var round = 0; round < rounds.size(); round++) {
                ratios.add(rounds.get(round).spansPerSecond()
                        / baseline.rounds.get(round).spansPerSecond());
            }
            return Spread.of(ratios);
        }

        Figure reported(String what, ToDoubleFunction<IngestRound> figure) {
            return Figure.reported(
                    name + ": " + what,
                    Spread.of(rounds.stream().map(figure::applyAsDouble).toList()));
        }
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var database = setting.server().ours("ingested");
        Fill.ours(database, setting.workload(), setting.traces(Fill.START));
        try (var server = ServerProcess.start(database);
                var pool = database.pool(THREADS);
                var buffer = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(pool).build())
                        .build();
                var grpc = new OtlpWay(Protocol.GRPC, server.port(), server.key());
                var http = new OtlpWay(Protocol.HTTP_PROTOBUF, server.port(), server.key());
                var json = new OtlpWay(Protocol.HTTP_JSON, server.port(), server.key())) {
            var ways = List.of(
                    Measured.of(
                            "the store itself",
                            writing(PostgresSpanStore.builder(pool).build())),
                    Measured.of("the buffered writer", writing(buffer)),
                    Measured.of("gRPC, protobuf", grpc),
                    Measured.of("HTTP, protobuf", http),
                    Measured.of("HTTP, JSON", json));
            measure(setting, new IngestLoad(THREADS, setting.server(), server.handle()), ways);
            return figures(ways.get(0), ways.get(1), ways.get(2), ways.get(3), ways.get(4));
        }
    }

    private static IngestWay writing(SpanWriter writer) {
        return trace -> () -> writer.write(trace, Deadline.after(Duration.ofMinutes(1)));
    }

    /** Who comes first changes from round to round. */
    private static void measure(Setting setting, IngestLoad load, List<Measured> ways) throws InterruptedException {
        var order = new ArrayList<>(ways);
        for (var number = -WARM_UPS * setting.warmUps(); number < setting.rounds(); number++) {
            for (var measured : order) {
                var traces = setting.workload().traces(setting.traces(TRACES));
                var round = load.run(measured.way(), traces);
                Log.line("%s, round %d: %s".formatted(measured.name(), number, round));
                if (number >= 0) {
                    measured.rounds().add(round);
                }
            }
            Collections.rotate(order, 1);
        }
    }

    private static List<Figure> figures(
            Measured direct, Measured buffered, Measured grpc, Measured http, Measured json) {
        var figures = new ArrayList<Figure>();
        figures.add(Figure.atLeast("ingest: speed over gRPC, over B", 0.7, grpc.speedOver(buffered)));
        figures.add(Figure.reported("ingest: speed over HTTP, over B", http.speedOver(buffered)));
        figures.add(Figure.atLeast("ingest: speed with JSON, over B", 0.5, json.speedOver(buffered)));
        figures.add(Figure.reported("ingest: speed over gRPC, over the store itself", grpc.speedOver(direct)));
        for (var measured : List.of(direct, buffered, grpc, http, json)) {
            figures.add(measured.reported("spans a second", IngestRound::spansPerSecond));
            figures.add(measured.reported("p50 ms", IngestRound::p50Milliseconds));
            figures.add(measured.reported("p99 ms", IngestRound::p99Milliseconds));
            figures.add(measured.reported("PostgreSQL µs a span", IngestRound::databaseMicros));
            figures.add(measured.reported("server µs a span", IngestRound::serverMicros));
            figures.add(measured.reported("client µs a span", IngestRound::clientMicros));
        }
        figures.add(http.reported("client µs a span to encode, before the clock", IngestRound::encodingMicros));
        figures.add(json.reported("client µs a span to encode, before the clock", IngestRound::encodingMicros));
        return figures;
    }
}
