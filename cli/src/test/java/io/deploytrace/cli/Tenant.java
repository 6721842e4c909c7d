package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A workspace with what opens it, what is known to be in it, and what was read of it. Safe for use by several threads. */
final class Tenant {

    private static final String PARENT_TRACE = "0192aaaaaaaa" + "1".repeat(20);

    private final String name;
    private final UUID id;
    private final String writeKey;
    private final String readKey;
    private final String token;
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final List<String> acknowledgedIds = new ArrayList<>();
    private final Set<String> seenTraces = ConcurrentHashMap.newKeySet();
    private final Set<String> seenSpans = ConcurrentHashMap.newKeySet();

    /** Creates the workspace, and its keys. */
    Tenant(String databaseUrl, String name) {
        this.name = name;
        id = UUID.fromString(program(databaseUrl, "workspace", "create", name));
        writeKey = program(databaseUrl, "key", "create", "--role", "write", "--workspace", id.toString());
        readKey = program(databaseUrl, "key", "create", "--role", "read", "--workspace", id.toString());
        token = JobTokens.ofKeys(RunningServer.TOKEN_SECRET)
                .issue(new JobReference(
                        id.toString(), PARENT_TRACE, "a".repeat(16), job(), name + "/jobs", name + "-release"));
    }

    private static String program(String databaseUrl, String... arguments) {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    /** Its name, which is in all that is written into it, and in nothing else. */
    String name() {
        return name;
    }

    /** The job whose token it is. */
    String job() {
        return name + "-job";
    }

    UUID id() {
        return id;
    }

    String writeKey() {
        return writeKey;
    }

    String readKey() {
        return readKey;
    }

    String token() {
        return token;
    }

    /** Notes that these spans of a trace are stored: from now on everyone must be able to read them. */
    void acknowledged(String traceId, Set<String> spanIds) {
        if (acknowledged.put(traceId, spanIds) == null) {
            synchronized (acknowledgedIds) {
                acknowledgedIds.add(traceId);
            }
        }
    }

    /** The ids of all traces that are known to be stored. */
    List<String> acknowledgedTraces() {
        synchronized (acknowledgedIds) {
            return List.copyOf(acknowledgedIds);
        }
    }

    /** One of them; there must be one. */
    String anyTrace(Random random) {
        synchronized (acknowledgedIds) {
            return acknowledgedIds.get(random.nextInt(acknowledgedIds.size()));
        }
    }

    /** The spans of it that are known to be stored. */
    Set<String> acknowledgedSpans(String traceId) {
        return acknowledged.get(traceId);
    }

    /** Notes what a reader was shown as its own. */
    void seen(List<String> traceIds, List<String> spanIds) {
        seenTraces.addAll(traceIds);
        seenSpans.addAll(spanIds);
    }

    Set<String> seenTraces() {
        return seenTraces;
    }

    Set<String> seenSpans() {
        return seenSpans;
    }
}
