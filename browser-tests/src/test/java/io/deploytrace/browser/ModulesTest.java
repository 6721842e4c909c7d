package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's modules that need no document, each by itself. */
@ExtendWith(Site.Extension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ModulesTest {

    private static final Pattern ASSETS = Pattern.compile("/assets/[^/]+/");

    private Visit visit;
    private String assets;

    @BeforeAll
    void open(Site site) {
        visit = site.visit().open("/w/none/nothing").expecting("404");
        var found = ASSETS.matcher(visit.page().content());
        assertThat(found.find()).isTrue();
        assets = found.group();
    }

    @AfterAll
    void close() {
        visit.close();
    }

    /** What the expression gives, in which {@code m} is the module. */
    private Object evaluate(String module, String expression) {
        return visit.page()
                .evaluate("async () => { const m = await import('" + assets + module + "'); return (" + expression
                        + "); }");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "0.5, 500 µs",
        "12.4, 12 ms",
        "0.9997, 1 ms",
        "999, 999 ms",
        "999.7, 1 s",
        "8700, 8.7 s",
        "9999, 9.9 s",
        "37400, 37 s",
        "60000, 1 m",
        "252000, 4 m 12 s",
        "7800000, 2 h 10 m",
        "273600000, 3 d 4 h",
        "-5, 0 ms"
    })
    void duration_isToldInTwoUnits(String milliseconds, String words) {
        assertThat(evaluate("format.js", "m.duration(" + milliseconds + ")")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, now", "38000, 38 s", "660000, 11 m", "7200000, 2 h", "172800000, 2 d", "8640000000, 100 d"})
    void age_isToldInOneUnit(String milliseconds, String words) {
        assertThat(evaluate("format.js", "m.age(" + milliseconds + ")")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT720H, 30 d", "PT36H30M, 1 d 12 h", "PT45S, 45 s", "PT1.5S, 1.5 s", "P30D, 0 ms"})
    void duration_ofTheServer_isRead(String text, String words) {
        assertThat(evaluate("format.js", "m.duration(m.isoDuration('" + text + "'))"))
                .isEqualTo(words);
    }

    @Test
    void instant_keepsMicroseconds() {
        assertThat(evaluate(
                        "format.js",
                        "m.instant('2026-11-22T10:00:00.123456Z') - Date.UTC(2026, 10, 22, 10, 0, 0, 123)"))
                .asString()
                .startsWith("0.456");
        assertThat(evaluate("format.js", "m.instant('2026-11-22T10:00:00Z') - Date.UTC(2026, 10, 22, 10)"))
                .isEqualTo(0);
    }

    @Test
    void exactTime_hasAllDigitsThatAreStored() {
        assertThat(evaluate("format.js", "m.exact('2026-11-22T10:00:00.123456000Z')"))
                .asString()
                .endsWith(" · 2026-11-22T10:00:00.123456Z");
        assertThat(evaluate("format.js", "m.exact('2026-11-22T10:00:00.000000000+02:00')"))
                .asString()
                .endsWith(" · 2026-11-22T08:00:00.000Z");
    }

    @Test
    void wholeNumbers_ofAnySize_areReadAndWrittenAsTheyAre() {
        assertThat(evaluate("json.js", """
                (() => {
                  const texts = ['9223372036854775807', '-9223372036854775808', '12', '1.5', '[12345678901234567890,"12345678901234567890"]',
                    '{"\\\\\\" 1234567890123456789":"\\\\\\\\","b":{"c":9007199254740993,"d":1234567890.123456}}'];
                  return texts.every(text => m.jsonText(m.parseJson(text)) === text);
                })()
                """)).isEqualTo(true);
    }

    @Test
    void ids_areShortenedFromTheirBeginning() {
        assertThat(evaluate("format.js", "m.shortId('01a204a3a1d13bb5b21dc2dff70c1254')"))
                .isEqualTo("dff70c1254");
    }

    @ParameterizedTest
    @CsvSource({
        "/, start",
        "/w/1, targets",
        "/w/1/, targets",
        "/w/1/target?key=a%2Fb, target",
        "/w/1/traces, traces",
        "/w/1/traces/2, trace",
        "/w/1/compare, compare",
        "/w/1/release, release",
        "/w/1/else, unknown",
        "/w/1/target/2, unknown",
        "/w, unknown",
        "/w/1/traces/2/3, unknown",
        "/other/1, unknown",
        "/w/%E0%A4%A, targets"
    })
    void address_isOneView(String address, String view) {
        assertThat(evaluate("routes.js", "m.parse(new URL('" + address + "', 'http://localhost')).view"))
                .isEqualTo(view);
    }

    @Test
    void address_ofAnyKey_leadsBackToIt() {
        for (var key : List.of("a/b", "a&b=c", "ü %", "#?", "<img>")) {
            assertThat(evaluate(
                            "routes.js",
                            "m.parse(new URL(m.to.target('w/1', '" + key
                                    + "'), 'http://localhost')).params.get('key')"))
                    .isEqualTo(key);
        }
    }

    @Test
    void marks_ofAnAxis_areNumbersPeopleCountIn() {
        assertThat(evaluate("timeline.js", "m.marks(27, 3).map(mark => mark.label).join()"))
                .isEqualTo("10 ms,20 ms");
        assertThat(evaluate("timeline.js", "m.marks(53000, 3).map(mark => mark.label).join()"))
                .isEqualTo("20 s,40 s");
        assertThat(evaluate("timeline.js", "m.marks(7500000, 6).map(mark => mark.label).join()"))
                .isEqualTo("30 m,1 h,1 h 30 m,2 h");
        assertThat(evaluate("timeline.js", "m.marks(0, 6).length")).isEqualTo(0);
        for (var length : List.of("0.01", "3", "999", "61000", "1e7", "9e9", "1e12")) {
            assertThat((Integer) evaluate("timeline.js", "m.marks(" + length + ", 6).length"))
                    .as(length)
                    .isBetween(1, 6);
        }
    }

    @Test
    void window_ofRows_isWhatIsInSightAndALittleMore() {
        assertThat(evaluate("timeline.js", "JSON.stringify(m.windowOf(80000, 28, 28000, 800))"))
                .isEqualTo("{\"first\":988,\"last\":1041}");
        assertThat(evaluate("timeline.js", "JSON.stringify(m.windowOf(5, 28, -400, 800))"))
                .isEqualTo("{\"first\":0,\"last\":5}");
        assertThat(evaluate("timeline.js", "JSON.stringify(m.windowOf(80000, 28, 9e9, 800))"))
                .isEqualTo("{\"first\":80000,\"last\":80000}");
        assertThat(evaluate("timeline.js", "JSON.stringify(m.windowOf(0, 28, 0, 800))"))
                .isEqualTo("{\"first\":0,\"last\":0}");
    }

    /** The JSON is cut at each possible place, and into single characters. */
    @Test
    void spans_cutAnywhere_areReadAsTheyAre() {
        assertThat(evaluate("tracestream.js", """
                (() => {
                  const spans = [{ name: '}{][,"\\\\' }, { name: '\\\\"', a: { b: [{ c: '{' }] } }, { name: '"spans":[' }, {}];
                  const whole = JSON.stringify({ traceId: 'x', trigger: '"spans":[', linkedTraces: [{ cause: {} }], spans });
                  const read = pieces => {
                    const cutter = new m.SpanCutter();
                    const found = pieces.flatMap(piece => cutter.take(piece));
                    return JSON.stringify({ ...cutter.head, spans: found }) === whole;
                  };
                  const cuts = [...whole].map((_, at) => [whole.slice(0, at), whole.slice(at)]);
                  return cuts.every(read) && read([...whole]) && read([whole]);
                })()
                """)).isEqualTo(true);
    }

    @Test
    void tree_foldedAndFound_showsTheRightRows() {
        assertThat(evaluate("tracemodel.js", """
                (() => {
                  const model = new m.TraceModel();
                  [[0, 'root'], [1, 'planning'], [2, 'approval'], [2, 'window'], [1, 'execution'], [2, 'Approval again']].forEach(([level, name], i) =>
                    model.add({ level, name, placement: 'child', traceId: 't', spanId: `${i}`, status: 'completed', startTime: '2026-11-22T10:00:00Z',
                      endTime: null, result: null, decision: null, message: null }));
                  model.fold(model.rows[1], true);
                  const folded = model.visible.join();
                  const found = model.matches('aPPROval').join();
                  model.reveal(model.rows[2]);
                  model.foldAll(true);
                  return [folded, found, model.visible.join(), model.ancestors(model.rows[5]).map(row => row.name).join(), model.openCount].join(' ');
                })()
                """)).isEqualTo("0,1,4,5 2,5 0,1,4 execution,root 6");
    }
}
