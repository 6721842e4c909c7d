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
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one trace after the other until it is told to stop, and remembers which of them were acknowledged. When a server doesn't take a
 * trace, it sends to the next one from then on.
 */
final class SendingClient extends Thread {

    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    /** Enough for others to run: while no server is there, clients without a pause would take all processors for their refusals. */
    private static final long PAUSE = Duration.ofMillis(2).toNanos();

    private final Random random;
    private final List<SpanExporter> exporters;
    private final long pause;
    private final List<SentTrace> acknowledged = new ArrayList<>();
    private final List<SentTrace> unanswered = new ArrayList<>();
    private int exporter;
    private volatile boolean over;
    private int failuresInARow;
    private int mostFailuresInARow;

    /** A client of one server. */
    SendingClient(long seed, boolean grpc, String url, String credential) {
        this(seed, grpc, List.of(url), credential, PAUSE);
    }

    /**
     * A client of these servers.
     *
     * @param pause nanoseconds between two traces
     */
    SendingClient(long seed, boolean grpc, List<String> urls, String credential, long pause) {
        super("sending-client");
        this.random = new Random(seed);
        this.exporters = urls.stream()
                .map(url -> grpc ? grpc(url, credential) : http(url, credential))
                .toList();
        this.pause = pause;
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
                LockSupport.parkNanos(pause);
                isAcknowledged = send(trace);
            }
            (isAcknowledged ? acknowledged : unanswered).add(trace);
            LockSupport.parkNanos(pause);
        }
        exporters.forEach(each -> each.shutdown().join(20, TimeUnit.SECONDS));
    }

    private boolean send(SentTrace trace) {
        var isAcknowledged = exporters
                .get(exporter)
                .export(trace.spans())
                .join(30, TimeUnit.SECONDS)
                .isSuccess();
        if (isAcknowledged) {
            ACKNOWLEDGED.incrementAndGet();
        } else {
            exporter = (exporter + 1) % exporters.size();
        }
        failuresInARow = isAcknowledged ? 0 : failuresInARow + 1;
        mostFailuresInARow = Math.max(mostFailuresInARow, failuresInARow);
        return isAcknowledged;
    }

    void finish() throws InterruptedException {
        over = true;
        join();
    }

    List<SentTrace> acknowledged() {
        return acknowledged;
    }

    /** How many requests failed one after the other, at the most. */
    int mostFailuresInARow() {
        return mostFailuresInARow;
    }

    /** What was sent, and may be stored or not. */
    List<SentTrace> unanswered() {
        return unanswered;
    }
}
