package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The examples of docs/opa.md. */
class OpaExamplesTest {

    private final ReconcileTarget target = ReconcileTarget.builder(RecordedDecision.WORKSPACE, RecordedDecision.TARGET)
            .start();
    private final PlanningPhase planning = target.startPlanning();
    private final List<String> reported = new ArrayList<>();

    // example: record
    void record(PlanningPhase planning, String entry) {
        OpaRecorder.standard().record(planning, OpaDecision.parse(entry));
    }
    // end

    // example: around
    void recordQuestion(PlanningPhase planning, Supplier<String> question, OpaRecorder recorder) {
        try (var evaluation = planning.startEvaluation("Production policy")) {
            var entry = question.get(); // asks OPA, and takes its time
            recorder.record(evaluation, OpaDecision.parse(entry));
        }
    }
    // end

    // example: upload
    Map<String, OpaDecision> decisionsById(InputStream body) throws IOException {
        var entries = new String(new GZIPInputStream(body).readAllBytes(), StandardCharsets.UTF_8);
        return OpaDecision.parseAll(entries).stream()
                .collect(Collectors.toMap(OpaDecision::decisionId, decision -> decision));
    }
    // end

    // example: readers
    static final OpaRecorder ALLOW = OpaRecorder.reading(VerdictReader.allowedAt("/allow", "/reasons"));
    static final OpaRecorder DENY = OpaRecorder.reading(VerdictReader.deniedAt("/deny"));
    // end

    // example: own-reader
    static final OpaRecorder WINDOWS =
            OpaRecorder.reading(decision -> decision.at("/result/opens") instanceof String opens
                    ? Verdict.pending("The window opens at " + opens, Instant.parse(opens))
                    : VerdictReader.deniedAt("/deny").read(decision));
    // end

    // example: bad-entry
    void recordOrReport(PlanningPhase planning, String entry) {
        try {
            OpaRecorder.standard().record(planning, OpaDecision.parse(entry));
        } catch (InvalidOpaDecisionException e) {
            report(e.getMessage()); // the deployment goes on
        }
    }
    // end

    private void report(String message) {
        reported.add(message);
    }

    private Span recorded() {
        return target.spans().get(2);
    }

    @Test
    void record_makesAnEvaluation() throws IOException {
        record(planning, Entries.text("v0.11-one-revision"));

        assertThat(recorded().name()).isEqualTo("deploy/production/allow");
        assertThat(recorded().status()).isEqualTo("allowed");
        assertThat(recorded().isOpen()).isFalse();
    }

    @Test
    void recordQuestion_lastsAsLongAsTheQuestion() {
        recordQuestion(
                planning,
                () -> {
                    assertThat(recorded().status()).isEqualTo("running");
                    return Entries.with("'path': 'deploy/allow'", "'result': true");
                },
                OpaRecorder.standard());

        assertThat(recorded().name()).isEqualTo("Production policy");
        assertThat(recorded().status()).isEqualTo("allowed");
    }

    @Test
    void upload_isReadByTheIdsOfItsDecisions() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(("[" + Entries.with("'path': 'ü'") + "]").getBytes(StandardCharsets.UTF_8));
        }

        var decisions = decisionsById(new ByteArrayInputStream(zipped.toByteArray()));

        assertThat(decisions).containsOnlyKeys("d-1");
        assertThat(decisions.get("d-1").rule()).isEqualTo("ü");
    }

    @Test
    void readers_readBothForms() throws IOException {
        assertThat(RecordedDecision.of(ALLOW, Entries.read("v1.4-reasons")).message())
                .isEqualTo("the change freeze lasts until 2025-12-27");
        assertThat(RecordedDecision.of(DENY, Entries.read("v0.61-deny-set")).status())
                .isEqualTo("blocked");
    }

    @Test
    void ownReader_tellsWhenAWindowOpens() {
        var closed = Entries.decision("'result': {'deny': [], 'opens': '2026-11-23T08:00:00Z'}");

        assertThat(RecordedDecision.of(WINDOWS, closed).attribute("ctrlplane.next_evaluation"))
                .isEqualTo("2026-11-23T08:00:00.000000000Z");
        assertThat(RecordedDecision.of(WINDOWS, Entries.decision("'result': {'deny': []}"))
                        .status())
                .isEqualTo("allowed");
    }

    @Test
    void badEntry_isReportedAndTheDeploymentGoesOn() {
        recordOrReport(planning, "{\"result\": true}");

        assertThat(reported).singleElement().asString().startsWith("decision_id must be there");
        assertThat(target.spans()).hasSize(2);
    }
}
