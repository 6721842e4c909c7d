package io.deploytrace.buffer.torture;

import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What is done to the writing process, the network, the database and the disk, and when. The same seed and duration give the same plan.
 *
 * @param events in the order of their times
 */
record TorturePlan(List<Event> events) {

    private static final List<Action> ACTIONS = List.of(Action.values());

    /** What is done. */
    enum Action {
        /** A fault strikes the next message at a point. */
        STRIKE(0),
        CUT_ALL(0),
        RESET_ALL(0),
        REFUSE(1_500),
        BLACK_HOLE(1_500),
        KILL_DATABASE(1_000),
        KILL_WRITER(0),
        /** The writing process is asked to end, and the next one starts. */
        STOP_WRITER(0),
        FILL_SPOOL(1_500);

        private final int longest;

        Action(int longest) {
            this.longest = longest;
        }
    }

    /**
     * Something that is done.
     *
     * @param at when, from the beginning
     * @param action what
     * @param lasting for how long; zero if it is over at once
     * @param point where a {@link Action#STRIKE} strikes
     * @param fault what a {@link Action#STRIKE} does
     */
    record Event(Duration at, Action action, Duration lasting, FaultPoint point, Fault fault) {

        @Override
        public String toString() {
            var what = action == Action.STRIKE ? " " + point + " " + fault.kind() : "";
            return at.toMillis() + " ms " + action + what
                    + (lasting.isZero() ? "" : " for " + lasting.toMillis() + " ms");
        }
    }

    /** Each action once, in any order, and then any, until the time is over. */
    static TorturePlan of(long seed, Duration duration) {
        var random = new SplittableRandom(seed);
        var actions = new ArrayList<>(ACTIONS);
        Collections.shuffle(actions, new Random(seed));
        var events = new ArrayList<Event>();
        var pause = Math.min(600, (int) (duration.toMillis() / (actions.size() + 1)));
        for (var at = pause; at < duration.toMillis(); ) {
            var isFirstRound = events.size() < actions.size();
            var action = isFirstRound ? actions.get(events.size()) : any(random);
            events.add(event(Duration.ofMillis(at), action, random));
            at += isFirstRound ? pause : 1 + random.nextInt(2 * pause);
        }
        return new TorturePlan(List.copyOf(events));
    }

    /** Strikes are the most frequent: they are cheap, and there are many kinds. */
    private static Action any(SplittableRandom random) {
        return random.nextInt(3) == 0 ? ACTIONS.get(random.nextInt(ACTIONS.size())) : Action.STRIKE;
    }

    private static Event event(Duration at, Action action, SplittableRandom random) {
        var lasting = action.longest == 0 ? 0 : action.longest / 4 + random.nextInt(action.longest);
        var points = List.of(FaultPoint.values());
        return new Event(
                at,
                action,
                Duration.ofMillis(lasting),
                points.get(random.nextInt(points.size())),
                FaultPlan.random(random));
    }

    @Override
    public String toString() {
        return events.stream().map(event -> "  " + event).collect(Collectors.joining("\n"));
    }
}
