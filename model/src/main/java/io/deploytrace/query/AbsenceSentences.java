package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what isn't there, as far as it can be known. */
final class AbsenceSentences {

    private final Instant now;

    AbsenceSentences(Instant now) {
        this.now = now;
    }

    /** Nothing of the release target is there. */
    static List<String> ofTarget(String key, NotOnRecord absence) {
        return notOnRecord(key, "If the name is right: does its controller run, and does it record here?", absence);
    }

    /** Nothing of the release is there. */
    static List<String> ofRelease(String id, NotOnRecord absence) {
        return notOnRecord(id, "If the id is right: do its controllers run, and do they record here?", absence);
    }

    private static List<String> notOnRecord(String name, String check, NotOnRecord absence) {
        var lines = new ArrayList<String>();
        lines.add("No reconcile of " + Spoken.line(name) + " is on record.");
        if (!absence.similar().isEmpty()) {
            lines.add("Did you mean "
                    + absence.similar().stream().map(Spoken::line).collect(Collectors.joining(" or ")) + "?");
        }
        lines.add(check);
        lines.addAll(kept(absence.retention()));
        return List.copyOf(lines);
    }

    /** For how long anything is there; nothing if for ever. */
    static List<String> kept(@Nullable Duration retention) {
        return retention == null
                ? List.of()
                : List.of("Records are kept for " + Spoken.duration(retention) + " here; what is older is removed.");
    }

    /** Nothing of it is there since the time that was asked about. */
    String nothingSince(TargetWhy target, Why why) {
        return "No reconcile of " + Spoken.line(target.releaseTargetKey()) + " was recorded since "
                + Spoken.time(Objects.requireNonNull(target.nothingSince()), now) + "; the last began "
                + Spoken.duration(why.summary().startTime(), now) + " ago. Does its controller run?";
    }

    List<String> of(TraceAbsence trace) {
        var lines = new ArrayList<String>();
        lines.add("There is no trace " + Spoken.line(trace.traceId()) + " here.");
        var began = trace.began();
        if (began != null) {
            lines.add("By its id it began " + Spoken.dayAndTime(began, now) + ", " + Spoken.duration(began, now)
                    + " ago.");
        }
        var retention = trace.retention();
        if (retention != null) {
            lines.add("Traces are kept for " + Spoken.duration(retention) + " here"
                    + (trace.isExpired(now)
                            ? ", so if it was here it has been removed."
                            : "; what is older is removed."));
        }
        if (trace.isExpired(now)) {
            lines.add("Ask for its release target to see what came later.");
        } else {
            lines.add(
                    began == null
                            ? "Is the id right, and is it the right workspace?"
                            : "Was it removed by hand, recorded into another workspace, or never sent?");
        }
        return List.copyOf(lines);
    }
}
