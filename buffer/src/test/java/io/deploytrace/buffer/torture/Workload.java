package io.deploytrace.buffer.torture;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Everything that the writing processes of a seed write. Immutable. */
final class Workload {

    /** What a span carries to say which unit it is of. */
    static final String UNIT = "torture.unit";

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final int WORKSPACES = 5;

    private final long seed;
    private final List<UUID> workspaces = new ArrayList<>();
    private final UUID unknownWorkspace;

    Workload(long seed) {
        this.seed = seed;
        var random = new SplittableRandom(seed);
        for (var i = 0; i < WORKSPACES; i++) {
            workspaces.add(new UUID(random.nextLong(), random.nextLong()));
        }
        unknownWorkspace = new UUID(random.nextLong(), random.nextLong());
    }

    /** The workspaces that exist. */
    List<UUID> workspaces() {
        return workspaces;
    }

    /** What a unit holds. */
    UnitContent content(Unit unit) {
        var random = random(unit.process(), unit.writer(), unit.number());
        var dice = random.nextInt(1_000);
        if (dice < 4) {
            return poison(unit, random, UnitContent.Kind.UNKNOWN_WORKSPACE, unknownWorkspace, traceId(random));
        }
        if (dice < 8) {
            return poison(
                    unit,
                    random,
                    UnitContent.Kind.CONFLICT,
                    workspaces.get(1),
                    victim().get(0).traceId());
        }
        return sound(unit, random, dice < 150 ? 2 : 1);
    }

    /** What is stored before anyone writes; {@link UnitContent.Kind#CONFLICT} units try to take its key from another workspace. */
    List<Span> victim() {
        var random = random(-1, -1, -1);
        var workspace = workspaces.get(0);
        return List.of(new Span(
                traceId(random),
                id(random),
                null,
                "Reconciliation",
                START,
                START.plusSeconds(1),
                Attributes.of(AttributeKeys.WORKSPACE_ID, workspace.toString()),
                List.of()));
    }

    /** Chances that depend on nothing but the seed and the numbers. */
    SplittableRandom random(int process, int writer, int number) {
        return new SplittableRandom(seed
                ^ (process + 1) * 0x9E3779B97F4A7C15L
                ^ (writer + 1) * 0xC2B2AE3D27D4EB4FL
                ^ (number + 1) * 0x165667B19E3779F9L);
    }

    private UnitContent sound(Unit unit, SplittableRandom random, int traces) {
        var steps = 1 + random.nextInt(3);
        var list = new ArrayList<GrowingTrace>();
        for (var i = 0; i < traces; i++) {
            var workspace = workspaces.get(random.nextInt(WORKSPACES));
            list.add(GrowingTrace.of(unit, workspace, traceId(random), steps, random));
        }
        return new UnitContent(UnitContent.Kind.SOUND, steps, list);
    }

    private UnitContent poison(
            Unit unit, SplittableRandom random, UnitContent.Kind kind, UUID workspace, String trace) {
        var content = GrowingTrace.of(unit, workspace, trace, 1, random);
        var taken = kind == UnitContent.Kind.CONFLICT ? content.withKeyOf(victim().get(0)) : content;
        return new UnitContent(kind, 1, List.of(taken));
    }

    static String traceId(SplittableRandom random) {
        return "%016x%016x".formatted(random.nextLong() | 1, random.nextLong() | 1);
    }

    static String id(SplittableRandom random) {
        return "%016x".formatted(random.nextLong() | 1);
    }
}
