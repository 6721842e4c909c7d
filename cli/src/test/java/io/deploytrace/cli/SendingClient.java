package io.deploytrace.cli;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends one trace after the other until it is told to stop, and remembers which of them the server acknowledged. */
final class SendingClient extends Thread {

    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    private final Random random;
    private final SpanExporter exporter;
    private final List<SentTrace> acknowledged = new ArrayList<>();
    private final List<SentTrace> unanswered = new ArrayList<>();
    private volatile boolean over;

    SendingClient(long seed, boolean grpc, String url, String credential) {
        super("sending-client");
        this.random = new Random(seed);
        this.exporter = grpc ? grpc(url, credential) : http(url, credential);
    }

    /** Without its own retries: who repeats knows what was acknowledged. */
    private static SpanExporter grpc(String url, String credential) {
        return OtlpGrpcSpanExporter.builder()
                .setEndpoint(url)
                .addHeader("authorization", "Bearer " + credential)
                .setRetryPolicy(null)
                .setTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static SpanExporter http(String url, String credential) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(url + "/v1/traces")
                .addHeader("authorization", "Bearer " + credential)
                .setRetryPolicy(null)
                .setTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** How many traces were acknowledged to all clients so far. */
    static int acknowledgedInAll() {
        return ACKNOWLEDGED.get();
    }

    @Override
    public void run() {
        while (!over) {
            var trace = SentTrace.random(random);
            var isRepeated = random.nextBoolean();
            var isAcknowledged = send(trace);
            while (!isAcknowledged && isRepeated && !over) {
                isAcknowledged = send(trace);
            }
            (isAcknowledged ? acknowledged : unanswered).add(trace);
        }
        exporter.shutdown().join(20, TimeUnit.SECONDS);
    }

    private boolean send(SentTrace trace) {
        var isAcknowledged =
                exporter.export(trace.spans()).join(30, TimeUnit.SECONDS).isSuccess();
        if (isAcknowledged) {
            ACKNOWLEDGED.incrementAndGet();
        }
        return isAcknowledged;
    }

    void finish() throws InterruptedException {
        over = true;
        join();
    }

    List<SentTrace> acknowledged() {
        return acknowledged;
    }

    /** What was sent, and may be stored or not. */
    List<SentTrace> unanswered() {
        return unanswered;
    }
}
