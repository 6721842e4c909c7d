package io.deploytrace.buffer.torture;

import static io.deploytrace.buffer.torture.Finding.Kind.DUPLICATED;
import static io.deploytrace.buffer.torture.Finding.Kind.LOST;
import static io.deploytrace.buffer.torture.Finding.Kind.REFUSED;
import static io.deploytrace.buffer.torture.Finding.Kind.UNREPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultPoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A program that finds nothing proves nothing. The same story, a few lost answers, a dead database and a killed writer, is told
 * without a bug, when nothing may be found, and with each planted bug, when it must be found by what it breaks.
 * Two stories are told at once: most of one is waiting.
 */
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugsTest {

    private static final long SEED = 1;
    private static final int RATE = 10;
    private static final int LOST_ANSWERS = 2;
    private static final int HANDED_OVER = 20;

    @Test
    void noBug_findsNothing() throws Exception {
        assertThat(findings(PlantedBug.NONE)).isEmpty();
    }

    @Test
    void fsyncRemoved_findsWhatTheSpoolLost() throws Exception {
        assertThat(kinds(findings(PlantedBug.NO_FSYNC))).contains(LOST).isSubsetOf(LOST, UNREPORTED);
    }

    @Test
    void retryRemoved_findsWhatWasGivenUp() throws Exception {
        assertThat(kinds(findings(PlantedBug.NO_RETRY))).contains(REFUSED).isSubsetOf(REFUSED, LOST);
    }

    @Test
    void idempotencyRemoved_findsWhatWasWrittenTwice() throws Exception {
        assertThat(kinds(findings(PlantedBug.NO_IDEMPOTENCY))).contains(DUPLICATED);
    }

    private static List<Finding> findings(PlantedBug bug) throws Exception {
        var settings = TortureSettings.slow(SEED, Duration.ZERO, RATE, false);
        try (var scene = new Scene(settings, bug, FaultPlan.none())) {
            tell(scene, bug);
            scene.healAndFinish();
            return scene.findings();
        }
    }

    private static void tell(Scene scene, PlantedBug bug) throws Exception {
        for (var i = 0; i < LOST_ANSWERS; i++) {
            var struck = scene.proxy().strike(FaultPoint.WRITE_ANSWER, Fault.reset());
            assertThat(struck.await(60, TimeUnit.SECONDS)).isTrue();
        }
        scene.killDatabase();
        var before = scene.journal().acknowledged(Calls.Way.HAND_OVER);
        Await.until(() -> scene.journal().acknowledged(Calls.Way.HAND_OVER) > before + HANDED_OVER);
        if (bug == PlantedBug.NO_RETRY) {
            Await.until(() -> !scene.journal().findings().isEmpty());
        }
        scene.killWriter();
    }

    private static List<Finding.Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).distinct().sorted().toList();
    }
}
