package io.deploytrace.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Decides which messages a fault strikes, by a plan and by command, and counts. Safe for use by several threads. */
final class Strikes {

    private final FaultPlan plan;
    private final List<Commanded> commanded = new ArrayList<>();
    private final Map<Fault.Kind, Integer> struck = new EnumMap<>(Fault.Kind.class);
    private int lostAnswers;

    private record Commanded(FaultPoint point, Fault fault, CountDownLatch done) {}

    Strikes(FaultPlan plan) {
        this.plan = plan;
    }

    /** The next message at the point is struck; answers what reaches zero then. */
    synchronized CountDownLatch next(FaultPoint point, Fault fault) {
        var strike = new Commanded(point, fault, new CountDownLatch(1));
        commanded.add(strike);
        return strike.done();
    }

    /** Those that haven't struck never will. */
    synchronized void callOff() {
        commanded.clear();
    }

    /** What happens to the message; null if it passes. A command goes before the plan. */
    @Nullable Fault at(int connection, long message, boolean toServer, FaultPoint point) {
        var planned = plan.at(connection, message, toServer, point);
        synchronized (this) {
            var command = commanded.stream()
                    .filter(strike -> strike.point() == FaultPoint.ANYWHERE || strike.point() == point)
                    .findFirst();
            command.ifPresent(commanded::remove);
            var fault = command.map(Commanded::fault).orElse(planned);
            if (fault != null) {
                count(fault, point);
            }
            command.ifPresent(strike -> strike.done().countDown());
            return fault;
        }
    }

    private void count(Fault fault, FaultPoint point) {
        struck.merge(fault.kind(), 1, Integer::sum);
        if (point == FaultPoint.WRITE_ANSWER && fault.kind() != Fault.Kind.DELAY) {
            lostAnswers++;
        }
    }

    synchronized Map<Fault.Kind, Integer> struck() {
        return new EnumMap<>(struck);
    }

    synchronized int lostAnswers() {
        return lostAnswers;
    }
}
