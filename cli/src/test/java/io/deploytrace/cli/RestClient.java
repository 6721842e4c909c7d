package io.deploytrace.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks one server, and from then on the other when it doesn't answer, and looks for the other tenant in each answer. Used by one thread. */
final class RestClient {

    private static final List<Integer> TRY_AGAIN = List.of(429, 503);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> urls;
    private final Tenant tenant;
    private final Tenant other;
    private final Findings findings;
    private int server;

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body whole
     */
    record Reply(int status, String body) {}

    RestClient(List<String> urls, Tenant tenant, Tenant other, Findings findings, int first) {
        this.urls = urls;
        this.tenant = tenant;
        this.other = other;
        this.findings = findings;
        this.server = first;
    }

    /** Asks with the tenant's key; empty if the server or its database is away. */
    Optional<Reply> get(String path) {
        return ask("GET", path);
    }

    /** The same without the body, which may have no end. */
    Optional<Reply> head(String path) {
        return ask("HEAD", path);
    }

    private Optional<Reply> ask(String method, String path) {
        try {
            var response = http.send(request(method, path), HttpResponse.BodyHandlers.ofString());
            if (!TRY_AGAIN.contains(response.statusCode())) {
                check(path, response.body());
                return Optional.of(new Reply(response.statusCode(), response.body()));
            }
        } catch (IOException broken) {
            // What came of it, if anything, can't be taken for an answer.
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        findings.unansweredReads.incrementAndGet();
        server = (server + 1) % urls.size();
        return Optional.empty();
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create(urls.get(server) + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + tenant.readKey())
                .build();
    }

    private void check(String path, String body) {
        findings.require(
                !body.contains(other.name()) && !body.contains(other.id().toString()),
                tenant.name() + " was shown something of " + other.name() + " by " + path);
    }
}
