package io.deploytrace.cli;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.InstalledProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Two servers of one database, each in a process of its own. Used by one thread. */
final class TwoServers implements AutoCloseable {

    private static final int COUNT = 2;
    private static final String[] OPTIONS = {"--auth", "required"};

    private final HttpClient http = HttpClient.newHttpClient();
    private final String databaseUrl;
    private final List<RunningServer> servers = new ArrayList<>();

    /** Starts them. */
    TwoServers(String databaseUrl) throws Exception {
        this.databaseUrl = databaseUrl;
        for (var i = 0; i < COUNT; i++) {
            servers.add(RunningServer.start(InstalledProgram.freePort(), databaseUrl, OPTIONS));
        }
    }

    /** Where they are; a server that is started again is where it was. */
    List<String> urls() {
        return servers.stream().map(RunningServer::url).toList();
    }

    /** SIGKILL for one of them. */
    void kill(int number) {
        servers.get(number).kill();
    }

    /** Starts the one that was killed. */
    void startAgain(int number) throws Exception {
        servers.set(number, RunningServer.start(servers.get(number).port(), databaseUrl, OPTIONS));
    }

    /** Waits until all of them say that they can or can't do their work. */
    void awaitReadiness(boolean ready) {
        Await.until(() -> IntStream.range(0, COUNT).allMatch(number -> isReady(number) == ready));
    }

    private boolean isReady(int number) {
        return get(number, "/health/ready").statusCode() == 200;
    }

    /** Waits until none of them has a request or spans left to write, so that nothing that was sent is stored later on. */
    void awaitQuiet() {
        Await.until(() -> IntStream.range(0, COUNT).allMatch(this::isQuiet));
    }

    private boolean isQuiet(int number) {
        var metrics = get(number, "/metrics").body();
        return value(metrics, "deploytrace_requests_in_flight") == 0
                && value(metrics, "deploytrace_buffer_queue_spans") == 0;
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no metric " + name + " in\n" + metrics));
    }

    private HttpResponse<String> get(int number, String path) {
        var request = HttpRequest.newBuilder(URI.create(servers.get(number).url() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError("Server " + number + " doesn't answer: " + path, failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        servers.forEach(RunningServer::terminate);
        servers.forEach(RunningServer::awaitEnd);
    }
}
