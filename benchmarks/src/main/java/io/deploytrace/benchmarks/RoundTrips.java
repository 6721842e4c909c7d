package io.deploytrace.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.span.Span;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** How often one write of a complete trace waits for the server. */
final class RoundTrips implements Bench {

    private static final int TRACES = 50;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var ours = setting.server().ours("ours_trips");
        var specification = setting.server().specification("specification_trips");
        return List.of(
                Figure.atMost("round trips of one write", 1, count(setting, ours, Pooled::open)),
                Figure.reported(
                        "round trips of one write, R", count(setting, specification, SpecificationWriter::inserting)));
    }

    /** Ours, with a pool of one connection. */
    private record Pooled(TraceWriter writer, HikariDataSource pool) implements TraceWriter {

        static Pooled open(PGSimpleDataSource dataSource) {
            var pool = new Database(dataSource).pool(1);
            return new Pooled(TraceWriter.of(PostgresSpanStore.builder(pool).build()), pool);
        }

        @Override
        public void write(List<Span> spans) throws SQLException {
            writer.write(spans);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    private interface Opening {
        TraceWriter open(PGSimpleDataSource dataSource) throws SQLException;
    }

    /** After some writes that don't count, so that what a driver does only once isn't in it. */
    private static Spread count(Setting setting, Database database, Opening opening) throws Exception {
        try (var proxy = new RoundTripProxy(setting.server().port());
                var writer = opening.open(setting.server()
                        .dataSource(String.valueOf(database.dataSource().getDatabaseName()), proxy.port()))) {
            var count = setting.traces(TRACES);
            write(writer, setting.workload().traces(count));
            var before = proxy.roundTrips();
            write(writer, setting.workload().traces(count));
            return Spread.of((double) (proxy.roundTrips() - before) / count);
        }
    }

    private static void write(TraceWriter writer, List<List<Span>> traces) throws SQLException {
        for (var trace : traces) {
            writer.write(trace);
        }
    }
}
