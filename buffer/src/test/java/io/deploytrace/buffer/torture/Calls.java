package io.deploytrace.buffer.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The calls that one thread of a writing process makes, in their order. Used by one thread. */
final class Calls {

    /** Units that grow at the same time. */
    private static final int OPEN = 4;

    private static final List<Way> WAYS = List.of(Way.values());

    private final Workload workload;
    private final int process;
    private final int writer;
    private final SplittableRandom random;
    private final List<Growth> open = new ArrayList<>();
    private int units;

    /** How a call is made. */
    enum Way {
        WRITE,
        SUBMIT,
        HAND_OVER
    }

    /**
     * A call.
     *
     * @param unit what is written
     * @param step its step, from 1
     * @param way how
     * @param timeout in how many milliseconds
     */
    record Call(Unit unit, int step, Way way, int timeout) {}

    private static final class Growth {
        private final Unit unit;
        private final int steps;
        private int done;

        private Growth(Unit unit, int steps) {
            this.unit = unit;
            this.steps = steps;
        }
    }

    Calls(Workload workload, int process, int writer) {
        this.workload = workload;
        this.process = process;
        this.writer = writer;
        this.random = workload.random(process, writer, -2);
    }

    Call next() {
        var dice = random.nextInt(100);
        var way = WAYS.get(random.nextInt(WAYS.size()));
        var timeout = 200 + random.nextInt(2_000);
        if (dice < 10 && units > OPEN) {
            return again(way, timeout);
        }
        if (open.size() < OPEN) {
            var unit = new Unit(process, writer, units++);
            open.add(new Growth(unit, workload.content(unit).steps()));
        }
        var growth = open.get(random.nextInt(open.size()));
        growth.done++;
        open.removeIf(each -> each.done >= each.steps);
        return new Call(growth.unit, growth.done, way, timeout);
    }

    /** Writes something once more, of this process or of the one before: perhaps long replaced by a later copy. */
    private Call again(Way way, int timeout) {
        var ofBefore = process > 0 && random.nextInt(3) == 0;
        var unit = new Unit(ofBefore ? process - 1 : process, writer, random.nextInt(Math.max(1, units - OPEN)));
        return new Call(unit, 1, way, timeout);
    }
}
