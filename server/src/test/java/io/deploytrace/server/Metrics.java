package io.deploytrace.server;

import com.linecorp.armeria.client.WebClient;

/** Reads what a server counts. */
final class Metrics {

    private Metrics() {}

    /** A value without labels; zero if it isn't there. */
    static double value(int port, String name) {
        return WebClient.of("http://127.0.0.1:" + port)
                .get("/metrics")
                .aggregate()
                .join()
                .contentUtf8()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
