package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which traces to list. */
final class TraceFilterOptions {

    @Option(names = "--target", paramLabel = "TARGET", description = "Of this release target.")
    private @Nullable String target;

    @Option(names = "--release", paramLabel = "RELEASE", description = "Of this release.")
    private @Nullable String release;

    @Option(names = "--job", paramLabel = "JOB", description = "That triggered this job, or were recorded by it.")
    private @Nullable String job;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            completionCandidates = Phases.class,
            description =
                    "With a span of this phase: reconciliation, planning, eligibility, execution, action, external.")
    private @Nullable String phase;

    @Option(
            names = "--node-type",
            paramLabel = "TYPE",
            completionCandidates = NodeTypes.class,
            description = "With a span of this type: phase, evaluation, check, decision, action. The same span where"
                    + " --phase or --status are given too.")
    private @Nullable String nodeType;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            completionCandidates = Statuses.class,
            description = "With a span of this status: running, completed, failed, allowed, blocked, pending, skipped.")
    private @Nullable String status;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            completionCandidates = Outcomes.class,
            description = "With this outcome: running, deployed, blocked, waiting, ineligible, failed, skipped.")
    private @Nullable String outcome;

    @Mixin
    private TimeRangeOptions times;

    /**
     * What was asked for.
     *
     * @throws ParameterException if a word isn't one of those there are; the message lists them
     */
    TraceFilter filter(CommandLine command, Instant now) {
        return new TraceFilter(
                target,
                release,
                job,
                oneOf(command, "--phase", phase, new Phases()),
                oneOf(command, "--node-type", nodeType, new NodeTypes()),
                oneOf(command, "--status", status, new Statuses()),
                Outcome.ofValue(String.valueOf(oneOf(command, "--outcome", outcome, new Outcomes())))
                        .orElse(null),
                null,
                times.range(now));
    }

    private static @Nullable String oneOf(
            CommandLine command, String option, @Nullable String word, OptionWords allowed) {
        if (word != null && !allowed.contains(word)) {
            throw new ParameterException(
                    command, option + " must be one of " + allowed.listed() + ", but is '" + word + "'");
        }
        return word;
    }

    /** The words of phases. */
    static final class Phases extends OptionWords {
        Phases() {
            super(Phase.values(), Phase::value);
        }
    }

    /** The words of types of nodes. */
    static final class NodeTypes extends OptionWords {
        NodeTypes() {
            super(NodeType.values(), NodeType::value);
        }
    }

    /** The words of statuses. */
    static final class Statuses extends OptionWords {
        Statuses() {
            super(Status.values(), Status::value);
        }
    }

    /** The words of outcomes. */
    static final class Outcomes extends OptionWords {
        Outcomes() {
            super(Outcome.values(), Outcome::value);
        }
    }
}
