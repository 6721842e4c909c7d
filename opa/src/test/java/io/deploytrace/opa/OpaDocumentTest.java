package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.testkit.DocumentedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manual shows the Java that these tests run, and its table of fields is what happens to its example. */
class OpaDocumentTest {

    private static final Pattern ENTRY = Pattern.compile("```json\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("`([a-z_.]+)`");
    private static final List<String> OF_EVERY_VERDICT = List.of("result");

    private static String document;
    private static OpaDecision decision;
    private static RecordedDecision recorded;

    private record Row(List<String> fields, String kind, List<String> keys) {}

    @BeforeAll
    static void readManual() throws IOException {
        document = Files.readString(Path.of("../docs/opa.md"));
        var entry = ENTRY.matcher(document);
        assertThat(entry.find()).isTrue();
        decision = OpaDecision.parse(entry.group(1));
        recorded = RecordedDecision.of(OpaExamplesTest.ALLOW, decision);
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var line : document.lines().toList()) {
            var cells = line.split("\\|", -1);
            if (cells.length == 5
                    && List.of("attribute", "metadata", "not recorded").contains(cells[2].strip())) {
                rows.add(new Row(names(cells[1]), cells[2].strip(), names(cells[3])));
            }
        }
        return rows;
    }

    private static List<String> names(String cell) {
        return FIELD.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static List<String> keys(String kind) {
        return rows().stream()
                .filter(row -> row.kind().equals(kind))
                .flatMap(row -> row.keys().stream())
                .toList();
    }

    @Test
    void manual_showsEveryExampleAsItIsTested() throws IOException {
        DocumentedExamples.in(Path.of("src/test/java/io/deploytrace/opa")).areAllShownIn(document);
    }

    @Test
    void table_namesEachFieldOfTheExampleOnce() {
        assertThat(rows().stream().flatMap(row -> row.fields().stream()))
                .doesNotHaveDuplicates()
                .containsAll(((Map<?, ?>) decision.at(""))
                        .keySet().stream().map(String.class::cast).collect(Collectors.toSet()));
    }

    @Test
    void table_namesEachAttributeOfTheSpan() {
        var found = new TreeSet<>(recorded.span().attributes().asMap().keySet());
        found.removeIf(key -> key.startsWith("ctrlplane.") && !key.equals("ctrlplane.rule_id"));

        assertThat(keys("attribute")).containsAll(found).contains("ctrlplane.rule_id", "opa.query");
    }

    @Test
    void table_namesEachEventOfTheSpan() {
        assertThat(keys("metadata"))
                .containsAll(recorded.span().events().stream()
                        .map(SpanEvent::name)
                        .filter(name -> !OF_EVERY_VERDICT.contains(name))
                        .toList());
    }

    @Test
    void fieldsThatTheTableGivesOneKey_haveTheirValueThere() {
        for (var row : rows()) {
            var value =
                    row.fields().isEmpty() ? null : decision.field(row.fields().get(0));
            if (value != null && row.fields().size() == 1 && row.keys().size() == 1) {
                assertThat(recorded(row))
                        .as(row.toString())
                        .isEqualTo(normalised(row.fields().get(0), value));
            }
        }
    }

    private static Object recorded(Row row) {
        var key = row.keys().get(0);
        return row.kind().equals("attribute")
                ? recorded.attribute(key)
                : recorded.event(key).getOrDefault(key, recorded.event(key));
    }

    private static Object normalised(String field, Object value) {
        return switch (field) {
            case "timestamp" -> "2026-11-22T09:00:00.123456789Z";
            case "bundles" -> decision.revisions();
            default -> Attributes.of(field, value).get(field);
        };
    }

    @Test
    void fieldsThatAreNotRecorded_areNowhere() {
        assertThat(document).contains("never-recorded");
        assertThat(recorded.span().toString()).doesNotContain("never-recorded");
    }
}
