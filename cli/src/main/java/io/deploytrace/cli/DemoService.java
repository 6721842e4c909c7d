package io.deploytrace.cli;

import java.util.List;

/**
 * A service of the demonstration.
 *
 * @param name its name
 * @param line the major and minor number of its versions
 * @param patch the patch number that was deployed when the day began
 */
record DemoService(String name, String line, int patch) {

    static final List<DemoService> ALL = List.of(
            new DemoService("api-service", "1.2", 0),
            new DemoService("auth", "3.7", 11),
            new DemoService("billing", "4.11", 2),
            new DemoService("catalog", "2.19", 6),
            new DemoService("checkout", "5.3", 0),
            new DemoService("notifications", "1.8", 4),
            new DemoService("payments", "6.0", 17),
            new DemoService("reporting", "0.42", 1),
            new DemoService("search", "2.4", 0),
            new DemoService("web-frontend", "8.14", 9));

    /** The version that the service has after so many releases of the day. */
    String version(int releases) {
        return "v" + line + "." + (patch + releases);
    }
}
