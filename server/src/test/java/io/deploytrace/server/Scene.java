package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.server.OtlpSender.Answer;
import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.store.Role;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A victim with a stored trace and a job, and what it takes to attack them. */
final class Scene {

    private static final List<String> WORDS_OF_THE_INSIDE = List.of(
            "Exception",
            "at io.",
            "at java.",
            "SQL",
            "INSERT",
            "duplicate key",
            "deployment_trace",
            "postgres",
            "constraint",
            "tests:a secret");

    final Installation installation;
    final OtlpSender sender;
    final UUID victim;
    final UUID neighbour;
    final String victimsKey;
    final String neighboursKey;

    /** The victim's trace: a root and a child, stored. */
    final String trace = traceId();

    final String root = spanId();
    final String child = spanId();

    Scene(Installation installation) {
        this.installation = installation;
        sender = new OtlpSender(installation.port());
        var number = Long.toHexString(ThreadLocalRandom.current().nextLong());
        victim = installation.workspace("victim-" + number);
        neighbour = installation.workspace("neighbour-" + number);
        victimsKey = installation.key(Role.WRITE, victim);
        neighboursKey = installation.key(Role.WRITE, neighbour);
        var answer = sender.send(
                Protocol.HTTP,
                victimsKey,
                OtlpSpans.request(span(trace, root, "victim's root"), span(trace, child, "victim's child")));
        assertThat(answer.code()).as(answer.everything()).isZero();
        assertThat(answer.rejected()).isZero();
    }

    /** A trace id like the recorder's: of this time. */
    static String traceId() {
        var random = ThreadLocalRandom.current();
        return String.format("0192aaaaaaaa%04x%016x", random.nextInt(1, 0x10000), random.nextLong());
    }

    static String spanId() {
        return String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    static Span span(String traceId, String spanId, String name) {
        return OtlpSpans.span(traceId, spanId, name, Map.of("who", name));
    }

    /** A job of the victim's trace. */
    JobReference job(String jobId) {
        return Installation.job(victim, trace, jobId);
    }

    String token(String jobId) {
        return Installation.TOKENS.issue(job(jobId));
    }

    Answer send(Protocol protocol, String credential, Span... spans) {
        var answer = sender.send(protocol, credential, OtlpSpans.request(spans));
        assertRevealsNothing(answer);
        return answer;
    }

    /** All rows of the workspace with all that is in them, the summaries included. */
    List<String> rows(UUID workspace) throws SQLException {
        return installation.query("""
                SELECT span::text FROM deployment_trace_span span WHERE workspace_id = '%1$s'
                UNION ALL
                SELECT trace::text FROM deployment_trace trace WHERE workspace_id = '%1$s'
                ORDER BY 1
                """.formatted(workspace));
    }

    /** The names of the spans that the victim sees under its trace, linked ones included. */
    List<String> seenByTheVictim() {
        return installation.store().traceWithLinked(victim, trace, Installation.deadline()).stream()
                .map(io.deploytrace.span.Span::name)
                .toList();
    }

    /** The victim goes on writing into its trace. */
    void assertVictimCanWrite(Protocol protocol) {
        var name = "later " + spanId();
        var answer = send(protocol, victimsKey, span(trace, spanId(), name));
        assertThat(answer.code()).as(answer.everything()).isZero();
        assertThat(answer.rejected()).as(answer.message()).isZero();
        assertThat(seenByTheVictim()).contains(name);
    }

    /** Nothing about the victim, nor about how the server works. */
    void assertRevealsNothing(Answer answer) {
        assertThat(answer.everything())
                .doesNotContainIgnoringCase(victim.toString())
                .doesNotContain("victim's")
                .doesNotContain(WORDS_OF_THE_INSIDE.toArray(String[]::new));
    }
}
