package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.torture.TorturePlan.Event;
import io.deploytrace.testkit.FaultPlan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/** Writes, breaks everything there is by a plan, lets it heal, and compares what is stored with what was acknowledged. */
final class Torture {

    /** One message in so many meets a fault, beside those of the plan; of those at writes, many more. */
    private static final double ANYWHERE = 0.000_3;

    private static final double AT_WRITES = 0.01;

    /** Findings that are printed; the first ones say most. */
    private static final int PRINTED = 30;

    private final TortureSettings settings;
    private final PrintStream output;
    private final long start = System.nanoTime();

    private record Moment(Duration at, Event event, boolean isEnd) {}

    Torture(TortureSettings settings, PrintStream output) {
        this.settings = settings;
        this.output = output;
    }

    /** What is broken; empty if all promises were kept. */
    List<Finding> run() throws Exception {
        var plan = TorturePlan.of(settings.seed(), settings.duration());
        output.println("torture: " + settings.duration().toSeconds() + " s, seed " + settings.seed() + ", in "
                + settings.directory());
        output.println(plan);
        var network = FaultPlan.seeded(settings.seed(), ANYWHERE, AT_WRITES);
        try (var scene = new Scene(settings, PlantedBug.NONE, network)) {
            say("writes begin");
            follow(plan, scene);
            say("everything heals");
            scene.healAndFinish();
            say("everything is stored");
            var findings = scene.findings();
            report(scene, findings);
            return findings;
        }
    }

    private void say(String what) {
        output.printf("%5d ms: %s%n", (System.nanoTime() - start) / 1_000_000, what);
    }

    private void follow(TorturePlan plan, Scene scene) throws Exception {
        var moments = new PriorityQueue<Moment>(Comparator.comparing(Moment::at));
        for (var event : plan.events()) {
            moments.add(new Moment(event.at(), event, false));
            moments.add(new Moment(event.at().plus(event.lasting()), event, true));
        }
        var begin = System.nanoTime();
        for (Moment moment; (moment = moments.poll()) != null; ) {
            pauseUntil(begin + moment.at().toNanos());
            if (moment.isEnd()) {
                scene.end(moment.event());
            } else {
                scene.begin(moment.event());
            }
        }
    }

    private static void pauseUntil(long nanoTime) {
        for (long left; (left = nanoTime - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }

    private void report(Scene scene, List<Finding> findings) {
        output.println("writing processes: " + scene.processes() + ", connections: "
                + scene.proxy().accepted() + ", faults of the network: "
                + scene.proxy().struck()
                + ", answers lost after the commit: " + scene.proxy().lostAnswers() + ", spool's disk: "
                + scene.disk());
        output.println(scene.journal().summary());
        findings.stream().limit(PRINTED).forEach(finding -> output.println("  " + finding));
        output.println(
                findings.isEmpty()
                        ? "Nothing was lost, and nothing was written twice, in part or by nobody."
                        : findings.size() + " findings. What is left is in " + settings.directory()
                                + ". The same plan again: seed " + settings.seed());
    }
}
