package io.deploytrace.cli;

import java.time.Instant;

/**
 * One reconcile of the demonstration's day.
 *
 * @param start when it begins
 * @param service what is deployed
 * @param environment where to
 * @param version the version that is to be deployed
 * @param previous the version that is deployed
 * @param trigger what set it off
 * @param plot what happens
 * @param number its place in the day, from 0
 */
record DemoReconcile(
        Instant start,
        String service,
        String environment,
        String version,
        String previous,
        String trigger,
        DemoPlot plot,
        int number) {

    String target() {
        return service + "-" + environment;
    }

    String release() {
        return service + "@" + version;
    }
}
