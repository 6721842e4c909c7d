package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.EventLimits;
import io.deploytrace.server.ServerLimits;
import io.deploytrace.server.ingest.IngestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The table of settings in the manual is that of the program: each option, its variable, its default, its range and what
 * follows from it.
 */
class ServerManualTest {

    /** A line of the table, without what it is. */
    record Setting(String option, String variable, String byDefault, String least, String most, String consequence) {}

    private static List<Setting> settings() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "server.md")).stream()
                .filter(line -> line.startsWith("| `--")
                        && line.chars().filter(c -> c == '|').count() == 8)
                .map(line -> line.replace("`", "").split(" *\\| *", -1))
                .map(cells -> new Setting(cells[1], cells[2], cells[3], cells[4], cells[5], cells[7]))
                .toList();
    }

    private static CommandLine serve() {
        return Program.commandLine(TestProgram.environment(Map.of()))
                .getSubcommands()
                .get("serve");
    }

    @Test
    void table_holdsEachOptionWithItsVariable() throws IOException {
        var documented = new HashMap<String, String>();
        settings().forEach(setting -> documented.put(setting.option(), setting.variable()));
        var actual = new HashMap<String, String>();
        serve().getCommandSpec().options().stream()
                .filter(option -> EnvironmentDefaults.variable(option) != null && !option.inherited())
                .forEach(option -> actual.put(option.longestName(), EnvironmentDefaults.variable(option)));

        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void consequence_isSaidOfEachSetting_ofBothEndsWhereThereAreTwo() throws IOException {
        for (var setting : settings()) {
            assertThat(setting.consequence()).as(setting.option()).isNotBlank();
            if (setting.option().startsWith("--max") || setting.option().endsWith("timeout")) {
                assertThat(setting.consequence())
                        .as(setting.option())
                        .matches("too (small|short): .+; too (large|long).*: .+");
            }
        }
    }

    @Test
    void default_ofEachLimit_isThatOfTheOption() throws IOException {
        for (var setting : limits().toList()) {
            assertThat(serve().getCommandSpec().findOption(setting.option()).defaultValue())
                    .isEqualTo(setting.byDefault());
        }
    }

    @Test
    void defaults_areThoseOfTheServer() throws IOException {
        var actual = (ServerLimits.DEFAULTS + " " + EventLimits.DEFAULTS + " " + IngestLimits.DEFAULTS)
                .replace("PT", "")
                .toLowerCase(Locale.ROOT);
        for (var setting : limits().toList()) {
            assertThat(actual).contains(component(setting.option()) + "=" + setting.byDefault());
        }
    }

    private static String component(String option) {
        return option.replaceFirst("--(max-)?", "").replace("-", "");
    }

    private static Stream<Setting> limits() throws IOException {
        return settings().stream()
                .filter(setting ->
                        setting.option().startsWith("--max") || setting.option().endsWith("timeout"));
    }

    static Stream<Setting> ranges() throws IOException {
        return settings().stream().filter(setting -> !setting.least().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void range_isThatOfTheProgram(Setting setting) {
        assertThat(refusal(setting.option(), past(setting.least(), -1))).isNotEmpty();
        assertThat(refusal(setting.option(), past(setting.most(), 1))).isNotEmpty();
        assertThat(refusal(setting.option(), setting.least())).isEmpty();
        assertThat(refusal(setting.option(), setting.most())).isEmpty();
    }

    private static String past(String edge, int step) {
        return switch (edge) {
            case "PT0.1S" -> "PT0.099S";
            case "PT1S" -> "PT0.999S";
            case "1h" -> "3601s";
            case "1d" -> "86401s";
            case "50ms" -> "49ms";
            case "5s" -> "5001ms";
            default -> Long.toString(Long.parseLong(edge) + step);
        };
    }

    /** What is wrong with the value; nothing if it gets as far as the database, which isn't there. */
    private static String refusal(String option, String value) {
        var result = TestProgram.create()
                .run("serve", option, value, "--database-url", "postgres://nobody:nothing@127.0.0.1:1/none");
        return result.exitCode() == ExitCode.UNREACHABLE ? "" : result.err();
    }
}
