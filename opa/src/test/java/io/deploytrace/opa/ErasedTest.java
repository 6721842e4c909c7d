package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Masking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What OPA erased or masked stays so, and the recorder's own masks apply as well. */
class ErasedTest {

    private static RecordedDecision recorded(String... fields) {
        return RecordedDecision.of(OpaRecorder.standard(), Entries.decision(fields));
    }

    @Test
    void erasedKey_thatTheEntryStillHolds_isRemovedBeforeAnyoneSeesIt() {
        var decision = Entries.decision(
                "'input': {'user': {'name': 'bob', 'ssn': '078-05-1120'}, 'list': [{'ssn': '078-05-1120'}]}",
                "'nd_builtin_cache': {'http.send': '078-05-1120'}",
                "'erased': ['/input/user/ssn', '/input/list/0/ssn', '/nd_builtin_cache']");

        assertThat(decision.at("/input/user")).isEqualTo(Map.of("name", "bob"));
        assertThat(decision.at("")).asString().doesNotContain("078-05-1120");
        assertThat(RecordedDecision.of(OpaRecorder.standard(), decision).span().toString())
                .doesNotContain("078-05-1120");
    }

    @Test
    void erasedKey_isFoundHoweverItIsWritten() {
        var fields = "'input': {'a b': 'secret', 'c/d': 'secret', 'e~f': 'secret', 'g+h': 'secret', 'i%j': 'secret'}";

        assertThat(Entries.decision(
                                fields,
                                "'erased': ['/input/a%20b', '/input/c~1d', '/input/e~0f', '/input/g+h', '/input/i%j']")
                        .at("/input"))
                .isEqualTo(Map.of());
    }

    @Test
    void erasedElement_ofAnArray_leavesTheOneThatMovedUp() {
        assertThat(Entries.decision("'input': {'users': ['carol']}", "'erased': ['/input/users/0']")
                        .at("/input/users"))
                .isEqualTo(List.of("carol"));
    }

    @Test
    void erasedThenMasked_keepsTheValueOfTheMask() {
        assertThat(Entries.decision(
                                "'input': {'user': {'id': '#7f3a'}, 'ip': '0.0.0.0'}",
                                "'erased': ['/input/user', '/input/ip']",
                                "'masked': ['/input/user/id', '/input/ip']")
                        .at("/input"))
                .isEqualTo(Map.of("user", Map.of("id", "#7f3a"), "ip", "0.0.0.0"));
    }

    @Test
    void erasedPath_thatLeadsNowhere_changesNothing() {
        assertThat(Entries.decision(
                                "'input': {'a': [1], 'b': 'text'}",
                                "'erased': ['/input/a/7/x', '/input/a/x/y', '/input/b/c', '/other/d', '/input/a/00/x']")
                        .at("/input"))
                .isEqualTo(Map.of("a", List.of(1), "b", "text"));
    }

    @Test
    void erasedInput_isNotRecorded_andItsPathIs() {
        var recorded = recorded("'result': true", "'erased': ['/input']");

        assertThat(recorded.events()).containsExactly("opa.result", "opa.erased", "result");
        assertThat(recorded.status()).isEqualTo("allowed");
    }

    @Test
    void erasedResult_tellsNoVerdict_andSaysWhy() {
        var recorded = recorded("'erased': ['/result']");

        assertThat(recorded.status()).isEqualTo("skipped");
        assertThat(recorded.event("opa.undecided"))
                .containsEntry(
                        "opa.undecided",
                        "What would tell the verdict was erased or masked in OPA's log. Let OPA's mask policy leave it"
                                + " there.");
    }

    @Test
    void otherFields_thatMayHoldWhatWasErased_areNotRecorded() {
        var recorded = recorded(
                "'result': true",
                "'mapped_result': 'secret'",
                "'nd_builtin_cache': {'http.send': 'secret'}",
                "'request_context': {'http': {'headers': {'X': ['secret']}}}",
                "'intermediate_results': {'data.x': 'secret'}",
                "'custom': 'secret'");

        assertThat(recorded.span().toString()).doesNotContain("secret");
    }

    @Test
    void masksOfTheRecorder_applyToAllThatIsRecorded() {
        var decision = Entries.decision(
                "'input': {'password': 'hunter2', 'users': [{'apiKey': 'hunter2'}], 'pin': 'hunter2'}",
                "'result': {'allow': true, 'session_token': 'hunter2', 'pin': 'hunter2'}",
                "'labels': {'secret': 'hunter2', 'app': 'a'}");
        var recorder = OpaRecorder.reading(VerdictReader.allowedAt("/allow"));

        var recorded =
                RecordedDecision.of(recorder, decision, Masking.standard().and("^pin$"));
        assertThat(recorded.span().toString()).doesNotContain("hunter2");
        assertThat(recorded.attribute("opa.labels")).isEqualTo(Map.of("secret", "***", "app", "a"));
        assertThat(recorded.status()).isEqualTo("allowed");
        assertThat(RecordedDecision.of(recorder, decision, Masking.none())
                        .span()
                        .toString())
                .contains("hunter2");
    }
}
