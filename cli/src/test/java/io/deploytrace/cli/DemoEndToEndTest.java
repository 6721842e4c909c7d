package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The demonstration on an embedded database, and the commands that it suggests. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoEndToEndTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");

    private String url;
    private TestProgram.Result first;

    @BeforeAll
    void demonstrate() throws SQLException {
        url = TestDatabase.createEmpty();
        first = run("demo", "--once");
    }

    @Test
    void demo_firstRun_recordsTheDayAndPrintsTheTour() {
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).endsWith("""
                        Recording a day in the life of 40 release targets ...
                        Recorded 593 reconciles: 688 traces with 5927 spans, over the last 24 hours.
                        """);
        Golden.assertGolden("demo.txt", withoutIds(first.out()));
    }

    @Test
    void manual_showsWhatTheDemonstrationPrints() throws IOException {
        var manual = Files.readString(Path.of("..", "docs", "program.md"));

        assertThat(withoutIds(manual)).contains(withoutIds(first.out()).strip());
    }

    private static String withoutIds(String text) {
        return text.replaceAll("\\b[0-9a-f]{32}\\b", "TRACE");
    }

    @Test
    void demo_again_keepsTheDayAndRecordsTheDeploymentAnew() {
        var before = lines(run("list", "--target", "api-service-production", "--limit", "1000"));
        var others = lines(run("list", "--target", "checkout-production", "--limit", "1000"));

        var again = run("demo", "--once");

        assertThat(again.exitCode()).isZero();
        assertThat(again.err())
                .isEqualTo("The day in the life of 40 release targets is there already: it ended 1 m ago.\n");
        assertThat(lines(run("list", "--target", "api-service-production", "--limit", "1000")))
                .hasSize(before.size() + 1);
        assertThat(lines(run("list", "--target", "checkout-production", "--limit", "1000")))
                .hasSameSizeAs(others);
    }

    @Test
    void demo_onAPortThatIsTaken_saysSo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var result = run("demo", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err())
                    .endsWith("The server can't listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the address is taken. Choose another with --port.\n");
        }
    }

    @Test
    void demo_onAPortThatIsNone_isWrongUsage() {
        var result = run("demo", "--port", "70000");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--port must be 0 to 65535, but is 70000.");
    }

    @Test
    void demo_everyCommandItSuggests_isDone() throws IOException {
        var suggested = suggestions();

        assertThat(suggested).hasSize(11);
        for (var command : suggested) {
            if (!command.get(0).equals("database")) {
                var result = run(command.toArray(String[]::new));
                assertThat(result.exitCode())
                        .as("%s: %s", command, result.err())
                        .isZero();
                assertThat(result.out()).as("%s", command).isNotEmpty();
            }
        }
    }

    @Test
    void list_json_isReadableAndPagesThroughEverything() throws IOException {
        var seen = new ArrayList<String>();
        var arguments = new ArrayList<>(List.of("list", "--json", "--limit", "100", "--until", "2026-11-22T14:30:00Z"));
        for (var cursor = ""; cursor != null; ) {
            var page = run(arguments.toArray(String[]::new)).out();
            seen.addAll(values(page, "traceId"));
            cursor = values(page, "nextCursor").get(0);
            arguments = new ArrayList<>(List.of(
                    "list", "--json", "--limit", "100", "--until", "2026-11-22T14:30:00Z", "--cursor", "" + cursor));
        }

        assertThat(seen).hasSize(593).doesNotHaveDuplicates();
    }

    @Test
    void list_ofTheLastHours_showsTheDaySpreadOverTheDay() {
        var lastHour = lines(run("list", "--since", "1h", "--until", "2026-11-22T14:30:00Z", "--limit", "1000"));
        var morning = lines(run("list", "--until", "2026-11-22T08:00:00Z", "--limit", "1000"));

        assertThat(lastHour).hasSizeBetween(50, 120);
        assertThat(morning).hasSizeBetween(200, 450);
    }

    @Test
    void why_jsonOfEveryEnding_isReadable() throws IOException {
        for (var target : List.of("search-staging", "auth-production-us", "billing-production", "no-such-target")) {
            assertThat(values(run("why", target, "--json").out(), "releaseTargetKey"))
                    .first()
                    .isEqualTo(target);
        }
    }

    @Test
    void show_failedJob_hasThePipelineBelowIt() throws IOException {
        var traceId = values(
                        run("list", "--target", "search-staging", "--limit", "1", "--json")
                                .out(),
                        "traceId")
                .get(0);

        assertThat(run("show", traceId).out())
                .contains("      └─ ✕ ↳ deploy.yml #")
                .contains("exit 7: Error acquiring the state lock");
        assertThat(values(run("show", traceId, "--json").out(), "placement")).contains("root", "child", "linked");
    }

    @Test
    void prune_dryRun_removesNothing() throws IOException {
        var result = run("prune", "--older-than", "12h", "--dry-run", "--json");

        assertThat(values(result.out(), "dryRun")).containsExactly("true");
        var again = run("prune", "--older-than", "12h", "--dry-run", "--json");
        assertThat(values(again.out(), "spans")).isEqualTo(values(result.out(), "spans"));
    }

    private List<List<String>> suggestions() {
        return first.out()
                .lines()
                .filter(line -> line.startsWith("  ./deploytrace "))
                .map(line -> line.replaceFirst("#.*", "").strip().split(" +"))
                .map(words -> Arrays.asList(words).subList(1, words.length))
                .toList();
    }

    private TestProgram.Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--database-url", url));
        return TestProgram.create()
                .called("./deploytrace")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .run(all.toArray(String[]::new));
    }

    private static List<String> lines(TestProgram.Result result) {
        return result.out().lines().toList();
    }

    /** The values of a field wherever it stands in the JSON, which is read to its end. */
    private static List<String> values(String json, String field) throws IOException {
        var values = new ArrayList<String>();
        try (var parser = JsonFactory.builder().build().createParser(json)) {
            while (parser.nextToken() != null) {
                if (field.equals(parser.currentName()) && parser.currentToken().isScalarValue()) {
                    values.add(parser.getValueAsString());
                }
            }
        }
        return values;
    }
}
