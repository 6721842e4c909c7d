package io.deploytrace.benchmarks;

import java.time.Duration;

/**
 * What one round of writing took.
 *
 * @param spans how many spans were written
 * @param wall from the first call to the end of the last
 * @param p99 the wait that one call in a hundred exceeds
 * @param server the processor time that the server used
 * @param client the processor time that the calling threads used
 * @param allocated the bytes that the calling threads allocated
 */
record Round(int spans, Duration wall, Duration p99, Duration server, Duration client, long allocated) {

    double spansPerSecond() {
        return spans / seconds(wall);
    }

    double serverMicros() {
        return seconds(server) * 1e6 / spans;
    }

    double clientMicros() {
        return seconds(client) * 1e6 / spans;
    }

    double p99Milliseconds() {
        return seconds(p99) * 1e3;
    }

    double bytesPerSpan() {
        return (double) allocated / spans;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public String toString() {
        return "%.0f spans/s, p99 %.1f ms, server %.0f µs/span, client %.1f µs/span, %.0f bytes/span"
                .formatted(spansPerSecond(), p99Milliseconds(), serverMicros(), clientMicros(), bytesPerSpan());
    }
}
