package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.vocabulary.CicdKeys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual's table of what is recorded by itself is what is recorded, for each CI system. */
class CiFactsManualTest {

    private static final Pattern VARIABLE = Pattern.compile("`([A-Z_]+)`");
    private static final String KNOWN_BY = "known by";

    /** What most systems set to true. */
    private static final List<String> MARKS = List.of("GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE");

    private static CiServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = CiServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The column of the table, by the keys. */
    private static Map<String, String> column(int number) {
        var cells = new LinkedHashMap<String, String>();
        CiManual.text()
                .lines()
                .filter(line -> line.startsWith("| `") || line.startsWith("| " + KNOWN_BY))
                .map(line -> line.split(" *\\| *", -1))
                .filter(row -> row.length == 7 && !row[number + 1].isEmpty())
                .forEach(row -> cells.put(row[1].replace("`", ""), row[number + 1]));
        return cells;
    }

    /** A value for each variable that the column names: numbers, since some must be. */
    private static Map<String, String> variables(Map<String, String> column) {
        var variables = new LinkedHashMap<String, String>();
        column.values()
                .forEach(cell -> VARIABLE.matcher(cell)
                        .results()
                        .forEach(name -> variables.computeIfAbsent(
                                name.group(1), first -> Integer.toString(100 + variables.size()))));
        variables.computeIfPresent("GITHUB_REF", (name, number) -> "refs/pull/" + number + "/merge");
        MARKS.forEach(mark -> variables.computeIfPresent(mark, (name, number) -> "true"));
        return variables;
    }

    private Map<String, Object> recorded(Map<String, String> runner) {
        var job = server.trigger();
        var variables = new HashMap<>(runner);
        variables.put("DEPLOYTRACE_TOKEN", job.token());
        variables.put("DEPLOYTRACE_URL", server.url());
        variables.put("DEPLOYTRACE_STATE_DIR", directory.toString());
        variables.put("DEPLOYTRACE_TIMEOUT", "60s");
        variables.put("SOMETHING_ELSE", "else");
        var result = TestProgram.create().variables(variables).run("start", "Deploy");
        assertThat(result.err()).isEmpty();
        var attributes = new HashMap<>(server.recorded(job).get(0).attributes().asMap());
        attributes.keySet().removeIf(key -> key.startsWith("ctrlplane.") || key.startsWith("otel."));
        return attributes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void column_isWhatIsRecorded(int number) {
        var column = column(number);
        var variables = variables(column);

        var recorded = recorded(variables);

        column.remove(KNOWN_BY);
        assertThat(recorded.keySet()).isEqualTo(column.keySet());
        column.forEach(
                (key, cell) -> assertThat(recorded.get(key).toString()).as(key).isEqualTo(expected(cell, variables)));
    }

    /** Where the first of several isn't set, the last one counts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void lastAlternative_isTakenWhereTheOthersArentSet(int number) {
        var column = column(number);
        var variables = variables(column);
        column.keySet().removeIf(key -> !column.get(key).contains(", else ") && !key.equals(KNOWN_BY));
        column.replaceAll(
                (key, cell) -> cell.substring(cell.lastIndexOf(", else ") + 1).strip());
        var last = variables(column);
        // Without any name there is no type.
        variables.keySet().removeIf(name -> !last.containsKey(name) && !name.equals("CI_COMMIT_REF_NAME"));

        var recorded = recorded(variables);

        column.remove(KNOWN_BY);
        column.forEach((key, cell) -> assertThat(recorded.get(key).toString())
                .as(key)
                .isEqualTo(expected(cell.replaceFirst("^else ", ""), variables)));
    }

    private static String expected(String cell, Map<String, String> variables) {
        if (cell.startsWith("tag if ")) {
            return "tag";
        }
        var first = cell.replaceFirst(", else .*", "").replace("the number in ", "");
        var value = VARIABLE.matcher(first).replaceAll(name -> variables.get(name.group(1)));
        value = value.replaceFirst("^refs/pull/([0-9]+)/merge$", "$1");
        return value.endsWith(" + 1") ? Integer.toString(Integer.parseInt(value.replace(" + 1", "")) + 1) : value;
    }

    @ParameterizedTest
    @ValueSource(strings = "https://user:hunter2@git.example.com/shop/checkout?token=hunter2#hunter2")
    void addresses_areRecordedWithoutWhatIsSecret(String url) {
        assertThat(recorded(Map.of("GITLAB_CI", "true", "CI_PROJECT_URL", url)))
                .containsEntry(CicdKeys.REPOSITORY_URL, "https://git.example.com/shop/checkout");
    }
}
