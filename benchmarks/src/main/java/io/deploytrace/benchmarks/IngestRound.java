package io.deploytrace.benchmarks;

import java.time.Duration;

/**
 * What one round of one way took.
 *
 * @param spans how many spans were stored
 * @param wall from the first call to the end of the last
 * @param p50 the wait that half of the calls exceed
 * @param p99 the wait that one call in a hundred exceeds
 * @param database the processor time of PostgreSQL
 * @param server the processor time of the server
 * @param client the processor time of the process that calls; for what writes without the server, of all that isn't PostgreSQL
 * @param encoding the processor time of encoding the requests, before the clock started and in none of the others
 */
record IngestRound(
        int spans,
        Duration wall,
        Duration p50,
        Duration p99,
        Duration database,
        Duration server,
        Duration client,
        Duration encoding) {

    double spansPerSecond() {
        return spans / (wall.toNanos() / 1e9);
    }

    double p50Milliseconds() {
        return p50.toNanos() / 1e6;
    }

    double p99Milliseconds() {
        return p99.toNanos() / 1e6;
    }

    double databaseMicros() {
        return micros(database);
    }

    double serverMicros() {
        return micros(server);
    }

    double clientMicros() {
        return micros(client);
    }

    double encodingMicros() {
        return micros(encoding);
    }

    private double micros(Duration processorTime) {
        return processorTime.toNanos() / 1e3 / spans;
    }

    @Override
    public String toString() {
        return "%.0f spans/s, p50 %.1f ms, p99 %.1f ms; µs/span: PostgreSQL %.1f, server %.1f, client %.1f"
                .formatted(
                        spansPerSecond(),
                        p50Milliseconds(),
                        p99Milliseconds(),
                        databaseMicros(),
                        serverMicros(),
                        clientMicros());
    }
}
