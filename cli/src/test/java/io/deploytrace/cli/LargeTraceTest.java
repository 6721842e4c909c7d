package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.Await;
import io.deploytrace.vocabulary.AttributeKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A trace that is larger than the memory of the server, read by several at once, two of whom stop reading. */
class LargeTraceTest {

    private static final int SPANS = 80_000;
    private static final int READERS = 3;
    private static final String TRACE = "0192aaaaaaaa7000800000000000beef";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void trace_of80000SpansInASmallHeap_isReadWholeByAllAndTheSlowAreCutOff() throws Exception {
        var url = TestDatabase.createMigrated();
        var path = "/api/v1/workspaces/" + store(url) + "/traces/" + TRACE;

        var server = RunningServer.startSmall(
                url, "--idle-timeout", "8s", "--read-timeout", "60s", "--request-timeout", "60s");
        try (var slow = open(HttpClient.Version.HTTP_1_1, server.url() + path);
                var slow2 = open(HttpClient.Version.HTTP_2, server.url() + path)) {
            var counts = IntStream.range(0, READERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> spans(server.url() + path)))
                    .toList();
            for (var count : counts) {
                assertThat(count.join()).isEqualTo(SPANS);
            }

            Await.until(() -> Scrape.of(server.url()).sum("deploytrace_reads_in_flight") == 0);
            assertThatThrownBy(() -> spans(slow)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> spans(slow2)).isInstanceOf(IOException.class);
            assertThat(server.said()).doesNotContain("OutOfMemory");
            assertThat(text(server.url() + path + "/why")).contains("\"outcome\"");
        } finally {
            server.kill();
        }
    }

    private static UUID store(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + url.replaceFirst("^postgres:", "postgresql:").replaceFirst("//[^@]*@", "//"));
        var credentials = URI.create(url).getUserInfo().split(":", 2);
        source.setUser(credentials[0]);
        source.setPassword(credentials[1]);
        var deadline = Deadline.after(Duration.ofMinutes(5));
        var workspace = new PostgresWorkspaces(source).create("large", deadline).id();
        PostgresSpanStore.builder(source)
                .build()
                .write(
                        IntStream.range(0, SPANS)
                                .mapToObj(i -> span(workspace, i))
                                .toList(),
                        deadline);
        return workspace;
    }

    /** A root and many below it, of 1.5 KB each. */
    private static Span span(UUID workspace, int number) {
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspace.toString())
                .put(AttributeKeys.SEQUENCE, number)
                .put("text", "x".repeat(1_200));
        return new Span(
                TRACE,
                "%016x".formatted(number + 1),
                number == 0 ? null : "%016x".formatted(1),
                "span " + number,
                START.plusMillis(number),
                START.plusMillis(number + 1),
                attributes.build(),
                List.of());
    }

    private static InputStream open(HttpClient.Version version, String url) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).version(version).build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int spans(String url) {
        try (var body = open(HttpClient.Version.HTTP_1_1, url)) {
            return spans(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many spans there are, up to the end of the object, in the order of their numbers. */
    private static int spans(InputStream body) throws IOException {
        var count = 0;
        try (var parser = new JsonFactory().createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("sequence")) {
                    assertThat(parser.nextIntValue(-1)).isEqualTo(count);
                    count++;
                }
            }
        }
        return count;
    }

    private static String text(String url) throws IOException {
        try (var body = open(HttpClient.Version.HTTP_1_1, url)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
