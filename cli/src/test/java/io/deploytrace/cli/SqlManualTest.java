package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The page of answers beside SQL shows what the commands print about the demonstration, and its SQL finds the same facts. */
@TestInstance(Lifecycle.PER_CLASS)
class SqlManualTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");
    private static final Pattern COMMAND = Pattern.compile(
            "^```console\\R\\$ ./deploytrace ([^\\n]+)\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SQL =
            Pattern.compile("^<!-- sql: (\\w+) -->\\R```sql\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private String manual;
    private String url;

    @BeforeAll
    void demonstrate() throws IOException, SQLException {
        manual = Files.readString(Path.of("..", "docs", "sql.md"));
        url = TestDatabase.createEmpty();
        assertThat(run("demo", "--once").exitCode()).isZero();
    }

    @Test
    void commands_printWhatIsShown() {
        var shown = COMMAND.matcher(manual).results().toList();

        assertThat(shown).hasSize(4);
        for (var block : shown) {
            assertThat(run(block.group(1).split(" ")).out()).isEqualTo(block.group(2));
        }
    }

    @Test
    void queries_findWhatTheCommandsSay() throws SQLException {
        assertThat(rows("why")).containsExactly(List.of("Approval Policy", "blocked", "1 of 2 approvals (alice)"));
        assertThat(rows("diff")).contains(List.of("Approval Policy", "allowed", "blocked"));
        assertThat(rows("history"))
                .hasSize((int) run("history", "checkout-production")
                                .out()
                                .lines()
                                .count()
                        - 1)
                .first()
                .satisfies(row -> assertThat(row).contains("blocked", "Approval Policy", "26"));
        assertThat(rows("fanout"))
                .containsExactly(
                        List.of("blocked", "Approval Policy", "1", "checkout-production"),
                        List.of("deployed", "null", "1", "checkout-staging"),
                        List.of("skipped", "null", "1", "checkout-development"));
    }

    /** The rows of a query without the columns that hold JSON. */
    private List<List<String>> rows(String name) throws SQLException {
        var sql = SQL.matcher(manual)
                .results()
                .filter(block -> block.group(1).equals(name))
                .findFirst()
                .orElseThrow()
                .group(2);
        try (var connection = DatabaseAddress.parse(url, null).dataSource().getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    if (!found.getMetaData().getColumnTypeName(column).equals("jsonb")) {
                        row.add(String.valueOf(found.getString(column)));
                    }
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private TestProgram.Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--database-url", url));
        return TestProgram.create()
                .called("./deploytrace")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .run(all.toArray(String[]::new));
    }
}
