package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fills a database with traces of the workload, by COPY; vacuums it, and ends with a checkpoint. */
final class Fill {

    /** With as many traces a comparison begins: in an empty table, plans are made that don't suit one with rows. */
    static final int START = 1_000;

    private static final int CHUNK = 10 * CopyLimit.TRACES;

    private static final String SUMMARIES = """
            INSERT INTO deployment_trace
              (workspace_id, trace_id, release_target_key, release_id, job_id, trigger, start_time, end_time, outcome,
               span_count, open_count, fingerprint, created_at, updated_at, revision)
            SELECT workspace_id, trace_id, release_target_key, release_id, job_id, 'version.created', start_time, end_time,
                   'deployed', 16, 0, '1:' || md5(release_target_key), created_at, created_at, 1
            FROM deployment_trace_span
            WHERE trace_id = ANY (?) AND parent_span_id IS NULL
            """;

    private final Database database;
    private final Workload workload;
    private final boolean isOurs;

    private Fill(Database database, Workload workload, boolean isOurs) {
        this.database = database;
        this.workload = workload;
        this.isOurs = isOurs;
    }

    static void ours(Database database, Workload workload, int traces) throws Exception {
        new Fill(database, workload, true).run(traces);
    }

    static void specification(Database database, Workload workload, int traces) throws Exception {
        new Fill(database, workload, false).run(traces);
    }

    /** One thread writes what the other has made. */
    private void run(int traces) throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        try (var limit = new CopyLimit(database.dataSource())) {
            Future<?> written = writer.submit(() -> {});
            for (var done = 0; done < traces; done += CHUNK) {
                var chunk = workload.traces(Math.min(CHUNK, traces - done));
                var task = task(limit, isOurs ? chunk : RandomIds.of(chunk));
                written.get();
                written = writer.submit(task);
            }
            written.get();
        } finally {
            writer.shutdown();
        }
        database.execute("VACUUM ANALYZE");
        database.execute("CHECKPOINT");
    }

    private Callable<Void> task(CopyLimit limit, List<List<Span>> traces) {
        var copies = CopyLimit.encode(traces);
        return () -> {
            for (var copy : copies) {
                limit.copy(copy);
            }
            if (isOurs) {
                summarize(traces);
            }
            return null;
        };
    }

    private void summarize(List<List<Span>> traces) throws SQLException {
        var ids = traces.stream().map(trace -> trace.get(0).traceId()).toArray(String[]::new);
        try (var connection = database.dataSource().getConnection();
                var statement = connection.prepareStatement(SUMMARIES)) {
            statement.setArray(1, connection.createArrayOf("text", ids));
            statement.executeUpdate();
        }
    }
}
