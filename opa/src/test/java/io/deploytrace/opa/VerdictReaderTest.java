package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What results of each form mean. */
class VerdictReaderTest {

    private static final String UNDEFINED =
            "OPA's result is undefined: no rule applies, or the bundle with the rule isn't loaded";

    private static String told(@Nullable Verdict verdict) {
        return verdict == null ? "none" : verdict.result().value() + ": " + verdict.message();
    }

    private static String told(VerdictReader reader, String... fields) {
        return told(reader.read(Entries.decision(fields)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            true => allowed: OPA's result is true
            false => blocked: OPA's result is false
            null => blocked: OPA's result is null
            'true' => none
            1 => none
            {'allow': true} => none
            [] => none
            """)
    void boolean_allowsIfItIsTrue(String result, String verdict) {
        assertThat(told(VerdictReader.ofBoolean(), "'result': " + result)).isEqualTo(verdict);
    }

    @Test
    void undefined_blocksWhateverTheForm() {
        assertThat(told(VerdictReader.ofBoolean())).isEqualTo("blocked: " + UNDEFINED);
        assertThat(told(VerdictReader.allowedAt("/allow"))).isEqualTo("blocked: " + UNDEFINED);
        assertThat(told(VerdictReader.deniedAt("/deny"))).isEqualTo("blocked: " + UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            {'allow': true} => allowed: 'allow' in OPA's result is true
            {'allow': false} => blocked: 'allow' in OPA's result is false
            {} => blocked: 'allow' in OPA's result is null or undefined
            false => blocked: 'allow' in OPA's result is null or undefined
            {'allow': 'yes'} => none
            {'allow': false, 'reasons': ['a', 'b']} => blocked: a; b
            {'allow': true, 'reasons': ['approved by alice']} => allowed: approved by alice
            {'allow': false, 'reasons': [], 'why': 'c'} => blocked: c
            {'allow': false, 'reasons': 'a', 'why': 'c'} => blocked: a
            {'allow': false, 'why': {'msg': 'm', 'code': 7}} => blocked: m
            {'allow': false, 'why': {'window': true, 'slot': false}} => blocked: window
            {'allow': false, 'why': {'checks': ['x', 'y']}} => blocked: checks: x; checks: y
            {'allow': false, 'why': ['', ' ']} => blocked: 'allow' in OPA's result is false
            """)
    void allowAt_isABooleanWithItsReasons(String result, String verdict) {
        assertThat(told(VerdictReader.allowedAt("/allow", "/reasons", "/why"), "'result': " + result))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            {'deny': []} => allowed: 'deny' in OPA's result is empty
            {'deny': {}} => allowed: 'deny' in OPA's result is empty
            {'deny': false} => allowed: 'deny' in OPA's result is false
            {'deny': true} => blocked: 'deny' in OPA's result is true
            {'deny': null} => blocked: 'deny' in OPA's result is null or undefined
            {} => blocked: 'deny' in OPA's result is null or undefined
            {'deny': ['a', {'message': 'b'}, {'code': 5}]} => blocked: a; b; code: 5
            {'deny': 'a'} => blocked: a
            {'deny': ''} => blocked: 'deny' in OPA's result is the text ''
            {'deny': ['']} => blocked: 'deny' in OPA's result is an array
            {'deny': [{}]} => blocked: 'deny' in OPA's result is an array
            {'deny': {'window': true, 'slot': false}} => blocked: window
            {'deny': {'window': false, 'slot': false}} => allowed: 'deny' in OPA's result is an object
            {'deny': {'window': ''}} => blocked: window:
            {'deny': 3} => none
            """)
    void denyAt_allowsIfThereIsNothingInIt(String result, String verdict) {
        assertThat(told(VerdictReader.deniedAt("/deny"), "'result': " + result).strip())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            'erased': ['/result'] => none
            'masked': ['/result'], 'result': true => none
            'masked': ['/result/allow'], 'result': {'allow': true} => none
            'erased': ['/result/allow'], 'result': {} => none
            'erased': ['/result/reasons'], 'result': {'allow': false} => blocked: 'allow' in OPA's result is false
            'masked': ['/result/reasons'], 'result': {'allow': false, 'reasons': '***'} => blocked: ***
            'erased': ['/input'], 'result': {'allow': true} => allowed: 'allow' in OPA's result is true
            """)
    void allowAt_isToldOnlyFromWhatThePolicyDecided(String fields, String verdict) {
        assertThat(told(VerdictReader.allowedAt("/allow", "/reasons"), fields)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiterString = " => ", textBlock = """
            'erased': ['/result/deny/0'], 'result': {'deny': []} => none
            'erased': ['/result/deny/0'], 'result': {'deny': ['b']} => blocked: b
            'erased': ['/result/deny'], 'result': {} => none
            'masked': ['/result/deny'], 'result': {'deny': []} => none
            'masked': ['/result/deny'], 'result': {'deny': ['***']} => none
            'masked': ['/result/deny/0/who'], 'result': {'deny': [{'msg': 'm', 'who': '***'}]} => blocked: m
            'masked': ['/result/deny/x'], 'result': {'deny': {'x': '***'}} => none
            'erased': ['/result/warn'], 'result': {'deny': []} => allowed: 'deny' in OPA's result is empty
            """)
    void denyAt_isEmptyOnlyIfNothingWasErasedInIt(String fields, String verdict) {
        assertThat(told(VerdictReader.deniedAt("/deny"), fields)).isEqualTo(verdict);
    }

    @Test
    void elementOfAnArray_isAnotherOnceOneBeforeItWasErased() {
        assertThat(told(
                        VerdictReader.allowedAt("/1/x"),
                        "'erased': ['/result/0']",
                        "'result': [{'x': true}, {'x': true}]"))
                .isEqualTo("none");
        assertThat(told(VerdictReader.allowedAt("/1/x"), "'erased': ['/result/0/y']", "'result': [{}, {'x': true}]"))
                .isEqualTo("allowed: '1/x' in OPA's result is true");
    }

    @Test
    void error_blocksWhateverTheResult() {
        var error = "'error': {'message': 'm'}";

        assertThat(told(VerdictReader.ofBoolean(), error, "'result': true"))
                .isEqualTo("blocked: OPA could not evaluate it: m");
        assertThat(told(VerdictReader.deniedAt("/deny"), error)).isEqualTo("blocked: OPA could not evaluate it: m");
    }

    @Test
    void pointerThatIsNone_isRefusedAtTheStart() {
        assertThatThrownBy(() -> VerdictReader.allowedAt("allow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but this is 'allow'");
        assertThatThrownBy(() -> VerdictReader.allowedAt("/allow", "why")).hasMessageEndingWith("but this is 'why'");
        assertThatThrownBy(() -> VerdictReader.deniedAt("deny")).isInstanceOf(IllegalArgumentException.class);
    }
}
