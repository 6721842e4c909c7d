package io.deploytrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A controller that sends one unit after the other until it is told to stop, and remembers what it was told. */
final class ControllerWriter implements Runnable {

    private final Random random;
    private final Tenant tenant;
    private final ControllerUnits source;
    private final BalancedSender sender;
    private final Findings findings;
    private final long pause;
    private final List<ControllerUnit> units = new ArrayList<>();
    private volatile boolean over;

    /**
     * A controller of a workspace.
     *
     * @param pause nanoseconds between two requests
     */
    ControllerWriter(
            long seed, Tenant tenant, ControllerUnits source, BalancedSender sender, Findings findings, long pause) {
        this.random = new Random(seed);
        this.tenant = tenant;
        this.source = source;
        this.sender = sender;
        this.findings = findings;
        this.pause = pause;
    }

    @Override
    public void run() {
        while (!over) {
            var unit = source.next();
            for (var step = 1; step <= unit.steps() && write(unit, step); step++) {
                LockSupport.parkNanos(pause);
            }
        }
    }

    /** Sends a step of the unit until it is acknowledged, given up or over; whether it was acknowledged. */
    boolean write(ControllerUnit unit, int step) {
        if (step == 1) {
            units.add(unit);
        }
        unit.begin(step);
        var request = unit.request(step);
        while (!over) {
            var rejected = sender.send(request, unit.isAtomic());
            if (rejected.isPresent()) {
                findings.require(
                        rejected.getAsLong() == unit.rejected(step),
                        "Of a request " + rejected.getAsLong() + " spans were rejected instead of "
                                + unit.rejected(step) + ": " + unit);
                acknowledge(unit, step);
                return true;
            }
            if (random.nextInt(3) == 0) {
                return false;
            }
            LockSupport.parkNanos(2 * pause);
        }
        return false;
    }

    private void acknowledge(ControllerUnit unit, int step) {
        unit.acknowledge(step);
        if (!unit.isRefused()) {
            unit.traces()
                    .forEach(trace -> tenant.acknowledged(
                            trace.traceId(), trace.acknowledgedSpans().keySet()));
        }
    }

    void stop() {
        over = true;
    }

    /** All that it sent, once it has ended. */
    List<ControllerUnit> units() {
        return units;
    }
}
