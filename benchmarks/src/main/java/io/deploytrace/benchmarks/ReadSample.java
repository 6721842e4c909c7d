package io.deploytrace.benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What a request asks about: one trace of the database.
 *
 * @param workspaceId its workspace
 * @param traceId its id
 * @param releaseTargetKey its release target
 * @param releaseId its release
 * @param jobId the job it triggered
 * @param otherTraceId another trace of the workspace
 */
record ReadSample(
        UUID workspaceId,
        String traceId,
        String releaseTargetKey,
        String releaseId,
        String jobId,
        String otherTraceId) {

    private static final String ANY = """
            SELECT workspace_id, trace_id, release_target_key, release_id, job_id,
                   max(trace_id) OVER (PARTITION BY workspace_id) AS other_trace_id
            FROM deployment_trace
            ORDER BY md5(trace_id)
            LIMIT %d
            """;

    /** Some of all, in an order of their own. */
    static List<ReadSample> of(Database database, int count, Random random) throws SQLException {
        var samples = new ArrayList<ReadSample>();
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(ANY.formatted(count))) {
            while (rows.next()) {
                samples.add(new ReadSample(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6)));
            }
        }
        Collections.shuffle(samples, random);
        return samples;
    }
}
