package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            description =
                    "With a span of this phase: reconciliation, planning, eligibility, execution, action, external.")
    private @Nullable String phase;

    @Option(
            names = "--node-type",
            paramLabel = "TYPE",
            description = "With a span of this type: phase, evaluation, check, decision, action. The same span where"
                    + " --phase or --status are given too.")
    private @Nullable String nodeType;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "With a span of this status: running, completed, failed, allowed, blocked, pending, skipped.")
    private @Nullable String status;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "With this outcome: running, deployed, blocked, waiting, ineligible, failed, skipped.")
    private @Nullable String outcome;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "First written then or later: 24h, 7d or 2026-11-22T09:00:00Z.")
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "First written before then.")
    private @Nullable Moment until;

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
                oneOf(command, "--phase", phase, Phase.values(), Phase::value),
                oneOf(command, "--node-type", nodeType, NodeType.values(), NodeType::value),
                oneOf(command, "--status", status, Status.values(), Status::value),
                Outcome.ofValue(String.valueOf(oneOf(command, "--outcome", outcome, Outcome.values(), Outcome::value)))
                        .orElse(null),
                new TimeRange(since == null ? null : since.at(now), until == null ? null : until.at(now)));
    }

    private static <E> @Nullable String oneOf(
            CommandLine command, String option, @Nullable String word, E[] allowed, Function<E, String> wordOf) {
        var words = Arrays.stream(allowed).map(wordOf).collect(Collectors.toList());
        if (word != null && !words.contains(word)) {
            throw new ParameterException(
                    command, option + " must be one of " + String.join(", ", words) + ", but is '" + word + "'");
        }
        return word;
    }
}
