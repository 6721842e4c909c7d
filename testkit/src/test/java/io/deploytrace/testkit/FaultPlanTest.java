package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.TalkingServer.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void sameSeed_decidesTheSame() {
        assertThat(decisions(FaultPlan.seeded(7, 0.1, 0.5)))
                .isEqualTo(decisions(FaultPlan.seeded(7, 0.1, 0.5)))
                .isNotEqualTo(decisions(FaultPlan.seeded(8, 0.1, 0.5)));
    }

    @Test
    void chances_areKept() {
        var decisions = decisions(FaultPlan.seeded(7, 0.1, 0.5));

        assertThat(faults(decisions.subList(0, 10_000))).hasSizeBetween(800, 1_200);
        assertThat(faults(decisions.subList(10_000, 20_000))).hasSizeBetween(4_700, 5_300);
        assertThat(faults(decisions).stream().map(Fault::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Fault.Kind.class));
    }

    @Test
    void none_letsEverythingPass() {
        assertThat(decisions(FaultPlan.none())).containsOnlyNulls();
    }

    @Test
    void proxy_followsThePlan() throws IOException {
        FaultPlan third = (connection, message, toServer, point) ->
                connection == 1 && message == 2 && toServer ? Fault.reset() : null;
        try (var server = new TalkingServer();
                var proxy = FaultProxy.to(server.port(), third);
                var first = new Client(proxy.port()).connect();
                var second = new Client(proxy.port()).connect()) {
            assertThat(second.ask("1")).isEqualTo("C1");
            assertThatThrownBy(() -> second.ask("2")).isInstanceOf(IOException.class);
            assertThat(first.ask("1")).isEqualTo("C1");
            assertThat(first.ask("2")).isEqualTo("C2");
            assertThat(server.queries()).containsOnlyOnce("2");
        }
    }

    /** What is decided of 10,000 messages anywhere, and then of as many answers to writes. */
    private static List<Fault> decisions(FaultPlan plan) {
        var decisions = new ArrayList<Fault>();
        for (var point : List.of(FaultPoint.ANYWHERE, FaultPoint.WRITE_ANSWER)) {
            for (var i = 0; i < 10_000; i++) {
                decisions.add(plan.at(i / 100, i % 100, i % 2 == 0, point));
            }
        }
        return decisions;
    }

    private static List<Fault> faults(List<Fault> decisions) {
        return decisions.stream().filter(Objects::nonNull).toList();
    }
}
