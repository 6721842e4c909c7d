package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.api.Problem;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual of the API names the problems there are, and its examples are answered. */
class ApiManualTest {

    private static final Pattern EXAMPLE = Pattern.compile("^curl -s \"?\\$api([^ \"]*)", Pattern.MULTILINE);
    private static final Pattern PROBLEM = Pattern.compile("^\\| `(urn:[a-z:-]+)` \\| ([0-9]{3}) ", Pattern.MULTILINE);

    private static String manual() throws IOException {
        return Files.readString(Path.of("..", "docs", "api.md"));
    }

    @Test
    void problems_areThoseThereAre() throws IOException {
        assertThat(PROBLEM.matcher(manual()).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyElementsOf(Stream.of(Problem.values())
                        .map(problem -> problem.type() + " " + problem.status())
                        .collect(Collectors.toList()));
    }

    @Test
    void examples_ofAllRoutes_areAnswered() throws IOException {
        try (var server = TestServer.start()) {
            var spans = new Fixtures(1).completeWorkflow(TestServer.WORKSPACE, "checkout-production");
            server.store.write(spans, Deadline.after(Duration.ofSeconds(10)));
            var questions = new Questions(server.client("h1c"), "");
            var paths = EXAMPLE.matcher(manual())
                    .results()
                    .map(example -> example.group(1)
                            .replace("$workspace", TestServer.WORKSPACE.toString())
                            .replace("$trace", spans.get(0).traceId())
                            .replace("$job", "deploy-1")
                            .replace("$release", "v1.2.3"))
                    .toList();

            assertThat(paths).hasSize(11).allSatisfy(path -> {
                var answer = questions.get("/api/v1/workspaces" + path);
                assertThat(answer.status().code()).as(path).isEqualTo(200);
            });
        }
    }
}
