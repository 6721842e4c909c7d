package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.OtlpSender.Answer;
import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One job sends far more than there are places for, while a controller writes. */
class FloodTest {

    private static final int PLACES = 8;
    private static final int FLOODERS = 3 * PLACES;
    private static final int REQUESTS = 15;
    private static final int TRACES = 10;

    @ParameterizedTest
    @EnumSource
    void flood_ofOneJob_keepsNoControllerOut(Protocol protocol) throws Exception {
        try (var installation = Installation.start(ServerLimits.DEFAULTS.withRequestsInFlight(PLACES))) {
            var scene = new Scene(installation);
            var flood = new Flood(scene, protocol);
            flood.start();

            for (var number = 0; number < TRACES; number++) {
                write(scene, protocol, Scene.traceId(), "kept " + number);
            }
            flood.await();

            assertThat(flood.unexpected).isEmpty();
            assertThat(flood.refused).isPositive();
            var kept = installation.query("SELECT name FROM deployment_trace_span WHERE name LIKE 'kept %'");
            assertThat(kept).hasSize(TRACES).doesNotHaveDuplicates();
            assertThat(installation.store().spansOfJob(scene.victim, "flooder", Installation.deadline()))
                    .extracting(Span::name)
                    .containsAll(flood.acknowledged);
        }
    }

    private static void write(Scene scene, Protocol protocol, String trace, String name) {
        var span = Scene.span(trace, Scene.spanId(), name);
        var answer = scene.send(protocol, scene.victimsKey, span);
        assertThat(answer.code()).as(answer.everything()).isZero();
        assertThat(answer.rejected()).isZero();
    }

    private static boolean isForNow(Answer answer) {
        return answer.code() == 429 || answer.code() == 8;
    }

    /** Many requests at once, each followed by the next as soon as it is answered, acknowledged or not. */
    private static final class Flood {

        private final Scene scene;
        private final Protocol protocol;
        private final String token;
        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> unexpected = new ArrayList<>();
        private int refused;
        private final ExecutorService threads = Executors.newFixedThreadPool(FLOODERS);
        private final List<Future<?>> flooders = new ArrayList<>();

        Flood(Scene scene, Protocol protocol) {
            this.scene = scene;
            this.protocol = protocol;
            this.token = scene.token("flooder");
        }

        void start() {
            for (var flooder = 0; flooder < FLOODERS; flooder++) {
                flooders.add(threads.submit(this::flood));
            }
        }

        private void flood() {
            for (var request = 0; request < REQUESTS; request++) {
                var name = "flood " + Scene.spanId();
                var answer = scene.sender.send(
                        protocol, token, OtlpSpans.request(Scene.span(Scene.traceId(), Scene.spanId(), name)));
                note(name, answer);
            }
        }

        private synchronized void note(String name, Answer answer) {
            if (answer.code() == 0 && answer.rejected() == 0) {
                acknowledged.add(name);
            } else if (isForNow(answer)) {
                refused++;
            } else {
                unexpected.add(answer.everything());
            }
        }

        void await() throws Exception {
            for (var flooder : flooders) {
                flooder.get();
            }
            threads.shutdown();
        }
    }
}
