package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShowCommandTest {

    private static final String FAILED = "%032x".formatted(1);

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void show_onTerminal_drawsHeadlineAndTree(int width) {
        var result = failed(MemoryProgram.wide(width)).run("show", FAILED);

        assertThat(result.out().lines()).allMatch(line -> CharacterWidth.of(line) <= width);
        Golden.assertGolden("show-" + width + ".txt", result.out());
    }

    @Test
    void show_json_hasAllThatIsStored() {
        Golden.assertGolden(
                "show.json",
                failed(MemoryProgram.piped()).run("show", FAILED, "--json").out());
    }

    @Test
    void show_openTrace_saysSo() {
        var trace = new TestTrace(7, java.util.Map.of("release_target_key", "auth-production"));
        trace.add(-1, "Reconciliation", -1, java.util.Map.of("status", "running"));
        var result =
                MemoryProgram.piped().write(Duration.ofHours(1), trace.spans()).run("show", trace.traceId());

        assertThat(result.out()).isEqualTo("""
                auth-production · running for 2 h
                Sun 2026-11-22 12:20:00 UTC, 2 h ago · trace 00000000000000000000000000000007
                open: 1 of 1 spans have not ended; it is running, or its controller died
                ▸ Reconciliation  running    for 2 h
                """);
    }

    @Test
    void show_endOfId_findsTheTrace() {
        var program = failed(MemoryProgram.piped());

        assertThat(program.run("show", "0000000001")).isEqualTo(program.run("show", FAILED));
        assertThat(program.run("show", FAILED.toUpperCase(java.util.Locale.ROOT))
                        .exitCode())
                .isZero();
    }

    @Test
    void show_endOfSeveralIds_listsThem() {
        var program = MemoryProgram.piped()
                .write(Duration.ofHours(2), ListCommandTest.blocked(0x1000001))
                .write(Duration.ofHours(1), ListCommandTest.blocked(0x2000001));

        assertThat(program.run("show", "000001"))
                .isEqualTo(new TestProgram.Result(
                        1,
                        "",
                        "deploytrace: Several traces end in 000001:"
                                + " 00000000000000000000000002000001, 00000000000000000000000001000001.\n"));
    }

    @Test
    void show_unknownId_isNotFound() {
        var result = failed(MemoryProgram.piped()).run("show", "f".repeat(32));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("deploytrace: There is no trace " + "f".repeat(32));
    }

    @Test
    void show_noId_isWrongUsage() {
        var result = failed(MemoryProgram.piped()).run("show", "search-\u001b[31mstaging");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("deploytrace: 'search-\\u001b[31mstaging' is no trace id: give its 32 hex digits, or at"
                        + " least the last 6 of them.\n");
    }

    private static MemoryProgram failed(MemoryProgram program) {
        return program.write(Duration.ofHours(1), TreeDrawingTest.failedWithPipeline());
    }
}
