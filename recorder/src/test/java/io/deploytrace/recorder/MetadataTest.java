package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.Row.Note;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Result;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events and attributes, and the types of their values. */
class MetadataTest {

    private final ReconcileTarget recorder = TestRecorder.start();

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(1, 1L),
                Arguments.of(Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(1.5, 1.5),
                Arguments.of(1.5f, 1.5),
                Arguments.of(true, true),
                Arguments.of(Double.NaN, "NaN"),
                Arguments.of(Instant.parse("2024-01-15T10:30:00.5Z"), "2024-01-15T10:30:00.500000000Z"),
                Arguments.of(LocalDate.of(2024, 1, 15), "2024-01-15"),
                Arguments.of(Result.ALLOWED, "ALLOWED"),
                Arguments.of(List.of("a", "b"), List.of("a", "b")),
                Arguments.of(List.of(1, 2L), List.of(1L, 2L)),
                Arguments.of(List.of(1.5), List.of(1.5)),
                Arguments.of(List.of(true, false), List.of(true, false)),
                Arguments.of(List.of(Instant.EPOCH), List.of("1970-01-01T00:00:00.000000000Z")),
                Arguments.of(List.of(), List.of()),
                Arguments.of(List.of("a", 1, 2.5, true), List.of("a", 1L, 2.5, true)),
                Arguments.of(List.of(List.of(1), List.of("a")), List.of(List.of(1L), List.of("a"))),
                Arguments.of(Arrays.asList("a", null), List.of("a")),
                Arguments.of(new int[] {1, 2}, List.of(1L, 2L)),
                Arguments.of(new String[] {"a"}, List.of("a")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void addMetadata_keepsTheTypeOfTheValue(Object value, Object stored) {
        recorder.addMetadata("key", value);

        assertThat(notes(0)).containsExactly(Note.of("key", Map.of("key", stored)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void setAttribute_keepsTheTypeOfTheValue(Object value, Object stored) {
        recorder.startPlanning().setAttribute("key", value);

        assertThat(recorder.spans().get(1).attributes().get("key")).isEqualTo(stored);
    }

    @Test
    void addMetadata_ofSeveral_isOneEvent() {
        var values = new LinkedHashMap<String, Object>();
        values.put("policy", "approval");
        values.put("required", 1);
        values.put("absent", null);
        values.put("scope", Map.of("region", "eu", "zones", List.of(1, 2)));

        recorder.startPlanning().addMetadata("policy", values);

        assertThat(notes(1))
                .containsExactly(Note.of(
                        "policy",
                        Map.of(
                                "policy",
                                "approval",
                                "required",
                                1L,
                                "scope",
                                Map.of("region", "eu", "zones", List.of(1L, 2L)))));
    }

    @Test
    void addMetadata_again_addsAnotherEventAtItsTime() {
        recorder.addMetadata("approver", "alice").addMetadata("approver", "bob");

        assertThat(notes(0))
                .containsExactly(
                        Note.of("approver", Map.of("approver", "alice")),
                        Note.of("approver", Map.of("approver", "bob")));
        assertThat(recorder.spans().get(0).events())
                .extracting(SpanEvent::time)
                .isSorted()
                .allMatch(time -> time.isAfter(TestClock.START))
                .doesNotHaveDuplicates();
    }

    @Test
    void setResult_again_keepsTheHistory() {
        var evaluation = recorder.startPlanning().startEvaluation("Approval Policy");
        evaluation.setResult(Result.PENDING, "Waits for alice").setResult(Result.ALLOWED, "Approved");
        evaluation.end();

        assertThat(notes(2)).containsExactly(verdict("pending", "Waits for alice"), verdict("allowed", "Approved"));
        var span = recorder.spans().get(2);
        assertThat(span.status()).isEqualTo("allowed");
        assertThat(span.attributes().get("ctrlplane.result")).isEqualTo("allowed");
        assertThat(span.attributes().get("ctrlplane.message")).isEqualTo("Approved");
    }

    @Test
    void setResult_ofACheck_keepsTheHistory() {
        var check = recorder.startEligibility().startCheck("Capacity");
        check.setResult(CheckResult.FAIL, "Full")
                .setResult(CheckResult.PASS, "Room")
                .end();

        assertThat(notes(2)).containsExactly(verdict("fail", "Full"), verdict("pass", "Room"));
        assertThat(recorder.spans().get(2).status()).isEqualTo("completed");
    }

    @Test
    void recordException_isAnEventWithTypeMessageAndStackTrace() {
        recorder.recordException(new IllegalStateException("gone"));

        var event = recorder.spans().get(0).events().get(0);
        assertThat(event.name()).isEqualTo("exception");
        assertThat(event.attributes().asMap())
                .containsOnlyKeys("exception.type", "exception.message", "exception.stacktrace");
        assertThat(event.attributes().get("exception.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(event.attributes().get("exception.message")).isEqualTo("gone");
        assertThat(event.attributes().getString("exception.stacktrace"))
                .startsWith("java.lang.IllegalStateException: gone")
                .contains("MetadataTest.recordException_isAnEventWithTypeMessageAndStackTrace");
    }

    @Test
    void recordException_afterAVerdict_leavesTheVerdict() {
        var evaluation = recorder.startPlanning().startEvaluation("Approval Policy");
        evaluation
                .setResult(Result.BLOCKED, "No")
                .recordException(new IllegalStateException())
                .end();

        assertThat(recorder.spans().get(2).status()).isEqualTo("blocked");
    }

    @Test
    void addMetadata_ofAListThatChangesLater_keepsWhatItWas() {
        var list = new ArrayList<>(List.of("a"));
        recorder.addMetadata("list", list);
        list.add("b");

        assertThat(notes(0)).containsExactly(Note.of("list", Map.of("list", List.of("a"))));
    }

    private List<Note> notes(int sequence) {
        return recorder.spans().get(sequence).events().stream().map(Note::of).toList();
    }

    private static Note verdict(String result, String message) {
        return Note.of("result", Map.of("ctrlplane.result", result, "ctrlplane.message", message));
    }
}
