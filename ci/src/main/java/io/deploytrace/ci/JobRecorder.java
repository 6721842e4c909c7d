package io.deploytrace.ci;

import io.deploytrace.span.Masking;
import io.deploytrace.vocabulary.CicdKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records what a job of a CI system does as spans of one trace, which belongs under the job of its token. Commands of one job that run one after
 * another or at once, in processes of their own, share the trace by a small file in the runner's temporary directory.
 *
 * <p>Nothing here breaks the job that it watches: what is wrong with the settings, the file or the server is said as a warning. A server that
 * can't be reached costs a command {@link #PATIENCE} at most, and a quarter of that where the command before had to wait in vain. What it
 * wasn't told is kept and sent by the next command.
 *
 * <p>Not safe for use by several threads; safe for use by several processes.
 */
public final class JobRecorder {

    /** How long a command waits for the server, in all, unless {@code DEPLOYTRACE_TIMEOUT} says otherwise: 2 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The part of it that a command waits for a server which the command before couldn't reach. {@link #end} has all of it. */
    private static final int PART_WHILE_AWAY = 4;

    private final Map<String, String> variables;
    private final Warnings warnings;
    private final Clock clock;

    /**
     * Records the job whose token is in the variables.
     *
     * @param variables the environment of this process: {@code DEPLOYTRACE_TOKEN}, {@code DEPLOYTRACE_URL}, {@code TRACEPARENT}, and what the CI
     *     system sets; not null
     * @param warnings takes what couldn't be recorded, for people; not null
     * @param clock tells the time; not null
     */
    public JobRecorder(Map<String, String> variables, PrintWriter warnings, Clock clock) {
        this.variables = Map.copyOf(variables);
        this.warnings = new Warnings(Objects.requireNonNull(warnings, "warnings"));
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Begins a span within which the next ones lie, until {@link #end}.
     *
     * @param name what it stands for; not null
     * @return the span as the variable {@code TRACEPARENT} has it; empty if it couldn't be recorded
     */
    public Optional<String> start(String name) {
        var span = newSpan(name, 0, clock.instant(), Map.of());
        var state = record(new Beginning(span));
        return state == null ? Optional.empty() : Optional.of(new Traceparent(state.traceId(), span.id()).toString());
    }

    /**
     * Records a step that is over.
     *
     * @param name what it was; not null
     * @param failed whether it failed, and with it what surrounds it
     * @param message what came of it; null if there is nothing to say
     * @param duration how long it took until now; not negative, and at most {@link ElapsedTime#LONGEST}
     */
    public void step(String name, boolean failed, @Nullable String message, Duration duration) {
        var now = clock.instant();
        var span = newSpan(name, 0, now.minus(duration), Map.of());
        record(new PastStep(span, new Ending(now, failed, message, Map.of())));
    }

    /**
     * Adds metadata to the open span that surrounds this process, or that {@link #start} began last within that. The value of a key that is that
     * of a secret is masked, as {@link Masking#standard()} has it.
     *
     * @param key its key; not null
     * @param value its value; not null
     */
    public void metadata(String key, String value) {
        var note = new Note(key, (String) Masking.standard().masked(key, value), clock.instant());
        record(new Noting(note, Traceparent.surrounding(variables), warnings));
    }

    /**
     * Ends the span that {@link #start} began last, and says how much the server hasn't been told yet.
     *
     * @param failed whether it failed; null if that is for the steps within it to say
     * @param message what came of it; null if there is nothing to say
     */
    public void end(@Nullable Boolean failed, @Nullable String message) {
        try {
            var trace = SharedTrace.open(variables, warnings);
            var state = trace.change(
                    new LastEnding(clock.instant(), failed, message, Traceparent.surrounding(variables), warnings));
            sayWhatIsLeft(trace, state, trace.deliver(state, trace.settings().patience()));
        } catch (IOException | RuntimeException e) {
            sayWhyNot(e);
        }
    }

    private void sayWhatIsLeft(SharedTrace trace, JobState ended, Delivery delivery) {
        if (delivery.problem() != null) {
            warnings.say(delivery.problem());
        }
        if (delivery.kept() > 0) {
            warnings.say("%s still unsent, kept in %s. Run 'deploytrace end' again once the server is back."
                    .formatted(spans(delivery.kept()) + (delivery.kept() == 1 ? " is" : " are"), trace));
        }
        var lost = ended.lost() + delivery.refused();
        if (lost > 0) {
            warnings.say(spans(lost) + " of this job couldn't be recorded.");
        }
    }

    /**
     * Begins the span of a command that is about to be run.
     *
     * @param name what it stands for; not null
     * @param executable the command's file name, without its arguments; not null
     * @return the span; never null, also if it couldn't be recorded
     */
    public RecordedCommand begin(String name, String executable) {
        var process = ProcessHandle.current().pid();
        var span = newSpan(name, process, clock.instant(), Map.of(CicdKeys.EXECUTABLE, executable));
        try {
            var trace = SharedTrace.open(variables, warnings);
            return new RecordedCommand(this, trace, trace.change(new Beginning(span)), span.id());
        } catch (IOException | RuntimeException e) {
            sayWhyNot(e);
            return new RecordedCommand(this, null, null, span.id());
        }
    }

    private NewSpan newSpan(String name, long process, Instant start, Map<String, Object> attributes) {
        return new NewSpan(RandomIds.spanId(), name, process, start, attributes, variables);
    }

    private @Nullable JobState record(UnaryOperator<JobState> change) {
        try {
            var trace = SharedTrace.open(variables, warnings);
            var state = trace.change(change);
            say(trace.deliver(state, patience(trace, state)));
            return state;
        } catch (IOException | RuntimeException e) {
            sayWhyNot(e);
            return null;
        }
    }

    static Duration patience(SharedTrace trace, JobState state) {
        var patience = trace.settings().patience();
        return state.away() ? patience.dividedBy(PART_WHILE_AWAY) : patience;
    }

    Instant now() {
        return clock.instant();
    }

    Map<String, String> variables() {
        return variables;
    }

    void say(Delivery delivery) {
        if (delivery.problem() != null) {
            var kept = delivery.kept();
            warnings.say(
                    delivery.problem() + (kept == 0 ? "" : " " + spans(kept) + " will be sent by the next command."));
        }
    }

    private static String spans(long count) {
        return count == 1 ? "1 span" : count + " spans";
    }

    /** The job goes on without its record. */
    void sayWhyNot(Exception failure) {
        warnings.say("nothing is recorded: " + why(failure));
    }

    private static String why(Exception failure) {
        if (failure instanceof FileSystemException file) {
            return "%s can't be used (%s). Set DEPLOYTRACE_STATE_DIR to a directory that this user may write."
                    .formatted(file.getFile(), file.getClass().getSimpleName());
        }
        var inWords = failure instanceof IOException || failure instanceof IllegalArgumentException;
        return inWords && failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }
}
