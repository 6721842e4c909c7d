package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics that the manual says to watch are there from the start, so that an alert on them can fire. */
class AlertsTest {

    private static final Pattern METRIC = Pattern.compile("deploytrace_[a-z_]+(?=[\\[{ )])");

    @Test
    void alerts_everyMetric_isOneOfTheServers() throws Exception {
        var manual = OperatingManual.text();
        var named = METRIC.matcher(manual.substring(manual.indexOf("## Alerts")))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(4);
        try (var server = RunningServer.start(TestDatabase.createMigrated());
                var stream = URI.create(server.url() + "/health/live").toURL().openStream()) {
            assertThat(stream.readAllBytes()).isNotEmpty();
            try (var metrics = URI.create(server.url() + "/metrics").toURL().openStream()) {
                assertThat(new String(metrics.readAllBytes(), StandardCharsets.UTF_8))
                        .contains(named);
            }
        }
    }
}
