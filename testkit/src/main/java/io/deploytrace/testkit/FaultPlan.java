package io.deploytrace.testkit;

import io.deploytrace.testkit.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides of each message that passes a {@link FaultProxy} what happens to it. Called by several threads at once. */
@FunctionalInterface
public interface FaultPlan {

    /**
     * What happens to a message.
     *
     * @param connection the number of its connection, from 0 in the order in which they were made
     * @param message its number among those of its connection and direction, from 0
     * @param toServer whether the client sent it
     * @param point where in the conversation it stands
     * @return null to let it pass
     */
    @Nullable Fault at(int connection, long message, boolean toServer, FaultPoint point);

    /** Lets everything pass. */
    static FaultPlan none() {
        return (connection, message, toServer, point) -> null;
    }

    /**
     * Strikes at random with faults of every kind; the same seed decides the same about the same message.
     *
     * @param anywhere the chance of a message, from 0 to 1
     * @param atWrites the chance of the end of a write's request, and of the end of its answer, from 0 to 1
     */
    static FaultPlan seeded(long seed, double anywhere, double atWrites) {
        return (connection, message, toServer, point) -> {
            var random = new SplittableRandom(seed
                    ^ connection * 0x9E3779B97F4A7C15L
                    ^ message * 0xC2B2AE3D27D4EB4FL
                    ^ (toServer ? 0x165667B19E3779F9L : 0));
            var chance = point == FaultPoint.ANYWHERE ? anywhere : atWrites;
            return random.split().nextDouble() < chance ? random(random) : null;
        };
    }

    /** A fault of any kind; delays are of up to 300 ms. */
    static Fault random(SplittableRandom random) {
        var kinds = List.of(Kind.values());
        return new Fault(
                kinds.get(random.nextInt(kinds.size())), random.nextDouble(), Duration.ofMillis(random.nextInt(300)));
    }
}
