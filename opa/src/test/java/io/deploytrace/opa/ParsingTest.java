package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an entry, and what is said of one that can't be read. */
class ParsingTest {

    private static void assertRefused(String entry, String message) {
        assertThatThrownBy(() -> OpaDecision.parse(entry))
                .isInstanceOf(InvalidOpaDecisionException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            'decision_id': 5 => decision_id must be text, but is 5
            'decision_id': '' => decision_id must be there and not blank, but is the text ''
            'decision_id': null => decision_id must be there and not blank, but is missing
            'timestamp': 'yesterday' => timestamp must be a time such as 2026-11-22T09:00:00Z, but is the text 'yesterday'
            'timestamp': 1700000000 => timestamp must be text, but is 1700000000
            'path': ['deploy', 'allow'] => path must be text, but is an array
            'query': {} => query must be text, but is an object
            'labels': 'app' => labels must be an object, but is the text 'app'
            'metrics': 7 => metrics must be an object, but is 7
            'req_id': '7' => req_id must be a number, but is the text '7'
            'revision': 7 => revision must be text, but is 7
            'bundles': ['authz'] => bundles must be an object, but is an array
            'bundles': {'authz': 'r1'} => bundles.authz must be an object, but is the text 'r1'
            'bundles': {'authz': {'revision': 1}} => bundles.authz.revision must be text, but is 1
            'erased': '/input/password' => erased must be an array, but is the text '/input/password'
            'erased': ['/input/a', 'b'] => erased[1] must be a path such as /input/password, but is the text 'b'
            'masked': ['/'] => masked[0] must be a path such as /input/password, but is the text '/'
            'masked': [null] => masked[0] must be a path such as /input/password, but is null
            """)
    void field_ofAnotherType_isNamedWithItsValueAndTheRemedy(String field, String message) {
        var name = field.substring(0, field.indexOf(':'));
        var others = "'decision_id': 'd-1', 'timestamp': '2026-11-22T09:00:00Z'"
                .replaceAll(name + ": '[^']*'(, )?", "")
                .replaceAll(", $", "");

        assertRefused(
                ("{" + others + ", " + field + "}").replace('\'', '"'), message + ". Pass the entry as OPA logged it.");
    }

    @Test
    void entryWithoutItsId_isNone() {
        assertRefused(
                "{\"result\": true}",
                "decision_id must be there and not blank, but is missing. Pass the entry as OPA logged it.");
    }

    @Test
    void whatIsNoObject_isNone() {
        assertRefused("[]", "The entry must be an object, but is an array. Pass an array of entries to parseAll.");
        assertRefused("7", "The entry must be an object, but is 7. Pass the entry as OPA logged it.");
        assertRefused(" ", "The text is empty. Pass the entry as OPA logged it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'decision_id': 'd-1'", "{'decision_id': d-1}", "{'a': 01}", "decision", "{'a': \u0001}"})
    void whatIsNoJson_isToldWithThePlace(String text) {
        assertThatThrownBy(() -> OpaDecision.parse(text.replace('\'', '"')))
                .isInstanceOf(InvalidOpaDecisionException.class)
                .hasMessageStartingWith("The text can't be read as JSON at line 1, column ")
                .hasMessageEndingWith("Pass the entry as OPA logged it.");
    }

    @Test
    void keyThatStandsTwice_isRefused() {
        assertThatThrownBy(() -> Entries.decision("'result': false", "'result': true"))
                .isInstanceOf(InvalidOpaDecisionException.class)
                .hasMessageContaining("Duplicate field 'result'");
    }

    @Test
    void secondEntry_isRefused() {
        assertRefused(
                Entries.with() + "\n" + Entries.with(),
                "There is more behind the JSON at line 2, column 2."
                        + " Pass one entry at a time, or an array of entries to parseAll.");
    }

    @Test
    void entryThatIsTooLong_isRefused() {
        var longest = "x"
                .repeat(OpaDecision.MAXIMUM_LENGTH - Entries.with("'input': ''").length());

        assertThat(Entries.decision("'input': '" + longest + "'").at("/input")).isEqualTo(longest);
        assertRefused(
                Entries.with("'input': '" + longest + "x'"),
                "The entry has 2097153 characters, and may have 2097152 at most. Let OPA's mask policy"
                        + " (data.system.log.mask) remove what the trace doesn't need.");
    }

    @Test
    void entryThatIsTooDeep_isRefused() {
        var levels = OpaDecision.MAXIMUM_NESTING - 1;

        assertThat(Entries.decision("'input': " + "[".repeat(levels) + "]".repeat(levels))
                        .at("/input"))
                .isInstanceOf(List.class);
        assertThatThrownBy(() -> Entries.decision("'input': " + "[".repeat(levels + 1) + "]".repeat(levels + 1)))
                .hasMessageStartingWith("At /input/0/0/0/")
                .hasMessageContaining("… the entry is nested deeper than the 256 levels it may have. Let OPA's");
        assertThatThrownBy(() -> Entries.decision("'input': " + "[".repeat(1_000_000)))
                .isInstanceOf(InvalidOpaDecisionException.class);
    }

    @Test
    void numberOfManyDigits_isRefused() {
        assertThatThrownBy(() -> Entries.decision("'input': " + "9".repeat(2_000)))
                .isInstanceOf(InvalidOpaDecisionException.class)
                .hasMessageContaining("Number value length (2000)");
    }

    @Test
    void upload_isAnArrayOfEntries() {
        var decisions =
                OpaDecision.parseAll("[" + Entries.with("'path': 'a/b'") + ",\n" + Entries.with("'path': '/c'") + "]");

        assertThat(decisions).extracting(OpaDecision::rule).containsExactly("a/b", "c");
        assertThat(OpaDecision.parseAll("[]")).isEmpty();
    }

    @Test
    void upload_withABadEntry_saysWhich() {
        assertThatThrownBy(() -> OpaDecision.parseAll("[" + Entries.with() + ", {\"decision_id\": \"d-2\"}]"))
                .isInstanceOf(InvalidOpaDecisionException.class)
                .hasMessage("[1].timestamp must be there and not blank, but is missing."
                        + " Pass the entry as OPA logged it.");
        assertThatThrownBy(() -> OpaDecision.parseAll("[7]"))
                .hasMessage("[0] must be an object, but is 7. Pass the entry as OPA logged it.");
        assertThatThrownBy(() -> OpaDecision.parseAll(Entries.with()))
                .hasMessage("The text must be an array of entries, as OPA uploads them. Pass a single entry to parse.");
    }

    @Test
    void rule_isThePathThenTheQueryThenAll() {
        assertThat(Entries.decision("'path': '/deploy/allow'", "'query': 'x'").rule())
                .isEqualTo("deploy/allow");
        assertThat(Entries.decision("'path': ''", "'query': 'x = 1'").rule()).isEqualTo("x = 1");
        assertThat(Entries.decision("'path': '/'").rule()).isEqualTo("data");
        assertThat(Entries.decision().rule()).isEqualTo("data");
    }

    @Test
    void undefined_isNoResultAtAll() {
        assertThat(Entries.decision().isUndefined()).isTrue();
        assertThat(Entries.decision("'result': null").isUndefined()).isFalse();
        assertThat(Entries.decision("'result': false").isUndefined()).isFalse();
        assertThat(Entries.decision("'erased': ['/result']").isUndefined()).isFalse();
        assertThat(Entries.decision("'erased': ['/input']").isUndefined()).isTrue();
    }

    @Test
    void at_leadsIntoTheEntry() {
        var decision = Entries.decision("'result': {'a/b': [{'m~n': 1}, [2.5, true, null]], '': 'empty'}");

        assertThat(decision.at("/result/a~1b/0/m~0n")).isEqualTo(1);
        assertThat(decision.at("/result/a~1b/1")).isEqualTo(java.util.Arrays.asList(2.5, true, null));
        assertThat(decision.at("/result/")).isEqualTo("empty");
        assertThat(decision.at("")).isInstanceOf(Map.class);
        assertThat(List.of(
                        "/result/a~1b/2", "/result/a~1b/-1", "/result/a~1b/00", "/result/a~1b/x", "/result//x", "/x"))
                .allMatch(pointer -> decision.at(pointer) == null);
        assertThatThrownBy(() -> decision.at("result"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A JSON pointer is empty or begins with '/', such as /allow, but this is 'result'");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            {'code': 'c', 'message': 'm', 'location': {'file': 'f.rego', 'row': 3, 'col': 1}} => m (c, f.rego:3)
            {'code': 'c', 'message': 'm'} => m (c)
            {'message': 'm'} => m
            {'code': 'c'} => c
            [{'code': 'c', 'message': 'm'}, {'message': 'n'}] => m (c); n
            {'code': 'internal_error', 'message': 'x', 'errors': [{'message': 'm'}]} => m
            'timeout' => timeout
            {} => OPA logged an error without a message
            [] => OPA logged an error without a message
            """)
    void error_isToldInItsWords(String error, String text) {
        assertThat(Entries.decision("'error': " + error).error()).isEqualTo(text);
    }

    @Test
    void errorThatIsNull_isNone() {
        assertThat(Entries.decision("'error': null").error()).isNull();
    }

    @Test
    void text_namesTheDecisionAndShowsNothingOfIt() {
        assertThat(Entries.decision("'path': 'deploy/allow'", "'input': 'secret'"))
                .hasToString("OpaDecision[d-1, deploy/allow]");
    }
}
