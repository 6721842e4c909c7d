package io.deploytrace.buffer.torture;

import io.deploytrace.store.SpanStoreException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the writing processes reported, kept by the process that isn't killed. Safe for use by several threads. */
final class Journal {

    /** A call ends soon after its deadline; how soon is up to the machine, which is busy. */
    static final long PATIENCE_MILLISECONDS = 3_000;

    private static final Set<Reason> FOR_NOW = Set.of(Reason.DEADLINE_PASSED, Reason.UNAVAILABLE, Reason.OVERLOADED);

    private final Map<Unit, Progress> units = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Unit> rejected = new TreeSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Workload workload;
    private long latest;

    /**
     * How far a unit is.
     *
     * @param started its highest step that a call was made for
     * @param acknowledged its highest step that a call was acknowledged for
     */
    record Progress(int started, int acknowledged) {

        private Progress atLeast(Progress other) {
            return new Progress(Math.max(started, other.started), Math.max(acknowledged, other.acknowledged));
        }
    }

    Journal(Workload workload) {
        this.workload = workload;
    }

    /** Takes a line of a {@link Reporter}; one that isn't whole is ignored, as its writer was killed. */
    synchronized void take(int process, String line) {
        if (!line.endsWith(Reporter.END)) {
            return;
        }
        var words = line.substring(0, line.length() - Reporter.END.length()).split(" ", 4);
        switch (words[0]) {
            case "started" -> started(Unit.parse(words[1]), Integer.parseInt(words[2]));
            case "acknowledged" -> acknowledged(Unit.parse(words[1]), Integer.parseInt(words[2]), words[3]);
            case "failed" -> failed(Unit.parse(words[1]), words[3]);
            case "rejected" -> rejected(words[1], words[2]);
            case "late" -> late(Long.parseLong(words[1]));
            case "wrong" -> findings.add(new Finding(Finding.Kind.WRONG, "process " + process + ": " + line));
            default -> {}
        }
    }

    private void started(Unit unit, int step) {
        count("calls");
        units.merge(unit, new Progress(step, 0), Progress::atLeast);
    }

    private void acknowledged(Unit unit, int step, String way) {
        count("acknowledged by " + way);
        units.merge(unit, new Progress(step, step), Progress::atLeast);
    }

    private void failed(Unit unit, String reason) {
        count("failed with " + reason);
        rejectedFor(unit, Reason.valueOf(reason));
    }

    private void rejected(String unit, String reason) {
        count("rejected with " + reason);
        rejectedFor(Unit.parse(unit), Reason.valueOf(reason));
    }

    private void rejectedFor(Unit unit, Reason reason) {
        if (reason == workload.content(unit).kind().rejection()) {
            rejected.add(unit);
        } else if (!FOR_NOW.contains(reason)) {
            findings.add(new Finding(Finding.Kind.REFUSED, "unit " + unit + " was refused with " + reason));
        }
    }

    private void late(long milliseconds) {
        latest = Math.max(latest, milliseconds);
        if (milliseconds > PATIENCE_MILLISECONDS) {
            findings.add(new Finding(Finding.Kind.LATE, "a call took " + milliseconds + " ms more than it had"));
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** What was written, or may have been. */
    synchronized Map<Unit, Progress> units() {
        return new TreeMap<>(units);
    }

    /** What was refused, as it had to be, and reported. */
    synchronized Set<Unit> rejected() {
        return Collections.unmodifiableSet(new TreeSet<>(rejected));
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** How many calls were acknowledged so far. */
    synchronized int acknowledged() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("acknowledged"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many calls were acknowledged in this way so far. */
    synchronized int acknowledged(Calls.Way way) {
        return counts.getOrDefault("acknowledged by " + way, 0);
    }

    synchronized String summary() {
        return counts + ", latest answer " + latest + " ms after its deadline";
    }
}
