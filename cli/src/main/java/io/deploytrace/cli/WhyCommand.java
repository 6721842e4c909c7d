package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.Why;
import io.deploytrace.store.Answers;
import io.deploytrace.store.Deadline;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers why a release did, or didn't, get deployed to a target. */
@Command(
        name = "why",
        description = "Say why a release did, or didn't, get deployed to a target: what stands in the way, who or what"
                + " clears it, and since when.",
        footer = {"", "Exits with 0 whatever the answer is, with 1 if nothing was ever recorded for the target."})
final class WhyCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Say so if nothing was recorded since then: 24h, 7d or 2026-11-22T09:00:00Z.")
    private @Nullable Moment since;

    @Parameters(paramLabel = "TARGET", description = "The release target, or the id of a trace.")
    private String target;

    WhyCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            return answer(
                    store,
                    workspace.resolve(store.workspaces(), environment, deadline).id(),
                    deadline);
        }
    }

    private int answer(Store store, UUID workspaceId, Deadline deadline) {
        var answers = new Answers(store.reader());
        var now = environment.clock().instant();
        var ofTarget = answers.whyTarget(workspaceId, target, since == null ? null : since.at(now), deadline);
        if (ofTarget.why() == null && TraceIds.isFull(target)) {
            var ofTrace = answers.whyTrace(workspaceId, target.toLowerCase(Locale.ROOT), deadline);
            if (ofTrace.isPresent()) {
                print(ofTrace.get());
                return ExitCode.DONE;
            }
        }
        print(ofTarget);
        return ofTarget.why() == null ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }

    private void print(TargetWhy answer) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(environment.out(), generator -> WhyJson.write(generator, answer, screen.now()));
        } else {
            print(answer.lines(screen.now()), answer.why(), screen);
        }
    }

    private void print(Why answer) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(environment.out(), generator -> WhyJson.write(generator, answer, screen.now()));
        } else {
            print(answer.lines(screen.now()), answer, screen);
        }
    }

    private void print(List<String> lines, @Nullable Why why, Screen screen) {
        WhyDrawing.draw(lines, why == null ? Outcome.SKIPPED : why.outcome(), screen, environment.out()::println);
    }
}
