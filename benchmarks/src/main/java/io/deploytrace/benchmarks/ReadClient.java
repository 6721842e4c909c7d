package io.deploytrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks the server one thing after the other, on one connection, and reads each answer to its end. */
final class ReadClient {

    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final String url;
    private final String key;

    ReadClient(int port, String key) {
        this.url = "http://127.0.0.1:" + port + "/api/v1/workspaces";
        this.key = key;
    }

    /** How long each request took, in milliseconds. */
    List<Double> ask(Question question, List<ReadSample> samples) throws IOException, InterruptedException {
        var waits = new ArrayList<Double>();
        for (var sample : samples) {
            var request = HttpRequest.newBuilder(
                            URI.create(url + question.path().apply(sample)))
                    .header("authorization", "Bearer " + key)
                    .build();
            var begin = System.nanoTime();
            var answer = client.send(request, BodyHandlers.ofByteArray());
            waits.add((System.nanoTime() - begin) / 1e6);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " was answered with " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
        }
        return waits;
    }
}
