package io.deploytrace.remote;

import io.deploytrace.store.Deadline;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request and waits for its answer, no longer than the deadline. Safe for use by several threads. */
final class Transport {

    private final HttpClient client;
    private final ServerAddress server;
    private final Failures failures;
    private final @Nullable String authorization;

    /** @param key what to authenticate with; null for nothing */
    Transport(HttpClient client, ServerAddress server, @Nullable String key) {
        this.client = client;
        this.server = server;
        this.failures = new Failures(server);
        this.authorization = key == null ? null : "Bearer " + key;
    }

    /** @throws io.deploytrace.store.SpanStoreException if no answer came */
    HttpResponse<byte[]> post(RequestBody body, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw failures.passedBefore();
        }
        var answer = client.sendAsync(request(body), headers -> new BoundedBody());
        try {
            return await(answer, deadline);
        } catch (TimeoutException passed) {
            answer.cancel(true);
            throw failures.passed(passed);
        } catch (ExecutionException failure) {
            throw failures.noAnswer(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    private HttpRequest request(RequestBody body) {
        var request = HttpRequest.newBuilder(server.traces())
                .header("Content-Type", Protocol.PROTOBUF)
                .header("User-Agent", "deploytrace-remote")
                .header(Protocol.ATOMIC, "true")
                .POST(BodyPublishers.ofByteArray(body.bytes()));
        if (body.isCompressed()) {
            request.header("Content-Encoding", "gzip");
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    /** An interrupt doesn't end the wait, which is bounded: a deployment that is called off is to be recorded too. */
    private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, Deadline deadline)
            throws ExecutionException, TimeoutException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
