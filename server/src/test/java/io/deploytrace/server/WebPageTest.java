package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page comes from this server alone, is small, and is kept by browsers as long as it stays the same. */
class WebPageTest {

    private static final Path SOURCES = Path.of("src", "main", "ui");
    private static final Set<String> NOT_SERVED =
            Set.of("index.html", "files.txt", "types.js", "jsconfig.json", "lit-html.d.ts");
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?:)?//[a-z0-9.-]+\\.[a-z]{2,}");
    private static final int SMALL = 100_000;

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private AggregatedHttpResponse get(String path, String... headers) {
        var request = RequestHeaders.builder(HttpMethod.GET, path);
        for (var i = 0; i < headers.length; i += 2) {
            request.add(headers[i], headers[i + 1]);
        }
        return server.client("h1c").execute(request.build()).aggregate().join();
    }

    private List<String> files() {
        return FILE.matcher(get("/").contentUtf8())
                .results()
                .map(file -> file.group(1))
                .distinct()
                .toList();
    }

    @Test
    void document_ofEachPath_isTheSameAndAllowsNoForeignScript() {
        var start = get("/");

        assertThat(start.status().code()).isEqualTo(200);
        assertThat(start.headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(start.contentUtf8()).contains("data-authentication=\"none\"").doesNotContain("{{", "<script>");
        for (var path : List.of("/w/1", "/w/1/traces", "/w/1/traces/2?span=3")) {
            assertThat(get(path).contentUtf8()).isEqualTo(start.contentUtf8());
        }
    }

    @Test
    void document_askedForAgain_isNotSentAgain() {
        var etag = get("/").headers().get("etag", "");

        var again = get("/", "if-none-match", etag);

        assertThat(again.status().code()).isEqualTo(304);
        assertThat(again.content().isEmpty()).isTrue();
        assertThat(again.headers().get("cache-control")).isEqualTo("no-cache");
    }

    @Test
    void files_ofTheDocument_areKeptForGoodAndSmallInAll() {
        var sizes = files().stream().mapToInt(path -> {
            var file = get(path, "accept-encoding", "gzip");
            assertThat(file.status().code()).as(path).isEqualTo(200);
            assertThat(file.headers().get("cache-control")).contains("immutable");
            assertThat(file.headers().get("content-encoding")).isEqualTo("gzip");
            return file.content().length();
        });

        assertThat(sizes.sum() + get("/", "accept-encoding", "gzip").content().length())
                .isBetween(10_000, SMALL);
    }

    @Test
    void files_thatAreServed_areThoseOfTheFolderAndNameNoOtherHost() throws IOException {
        try (var sources = Files.list(SOURCES)) {
            var names = Stream.concat(sources.map(path -> path.getFileName().toString()), Stream.of("lit-html.js"))
                    .filter(name -> !NOT_SERVED.contains(name));
            assertThat(Files.readAllLines(SOURCES.resolve("files.txt")))
                    .containsExactlyInAnyOrderElementsOf(names.toList());
        }
        var own = files().stream().filter(path -> !path.endsWith("lit-html.js")).toList();
        assertThat(own)
                .allSatisfy(path -> assertThat(get(path).contentUtf8().replace("http://www.w3.org/2000/svg", ""))
                        .doesNotContainPattern(ADDRESS));
    }

    @Test
    void file_ofAnotherVersion_isNotFoundAndNotKept() {
        var response = get("/assets/of-another-version/app.js");

        assertThat(response.status().code()).isEqualTo(404);
        assertThat(response.headers().get("cache-control")).isEqualTo("no-store");
    }
}
