package io.deploytrace.server.ingest;

import io.deploytrace.recorder.JobReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The trace ids under which a job's spans are stored. Each job has ids of its own, whatever it sends: they are made of its workspace,
 * its parent trace, its id and the trace id that it sent. Not safe for use by several threads.
 */
final class JobTraceIds {

    /** 48 bits, the time in ids that the recorder makes: rows of one time stay together in the index. */
    private static final int TIME_DIGITS = 12;

    private static final int HASH_BYTES = 10;

    private final JobReference job;
    private final Map<String, String> known = new HashMap<>();

    JobTraceIds(JobReference job) {
        this.job = job;
    }

    /** 32 lower-case hex digits: the first 12 of the parent trace, then the first 80 bits of a SHA-256. */
    String stored(String sent) {
        return known.computeIfAbsent(sent, this::derive);
    }

    private String derive(String sent) {
        var digest = sha256();
        for (var part : new String[] {job.workspaceId(), job.traceId(), job.jobId(), sent}) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return job.traceId().substring(0, TIME_DIGITS) + HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
