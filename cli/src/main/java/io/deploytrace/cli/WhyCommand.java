package io.deploytrace.cli;

import io.deploytrace.json.WhyJson;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Why;
import io.deploytrace.span.Moment;
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
        footer = {
            "",
            "Exits with 0 whatever the answer is, with 1 if nothing of the target or trace is on record.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} why checkout-production"
        })
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
            converter = MomentConverter.class,
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
        var answers = new Answers(store.reader(), store.workspaces());
        var now = environment.clock().instant();
        var ofTarget = answers.whyTarget(workspaceId, target, since == null ? null : since.at(now), deadline);
        if (ofTarget.why() == null && TraceIds.isFull(target)) {
            return answerTrace(answers, workspaceId, target.toLowerCase(Locale.ROOT), deadline);
        }
        print(ofTarget.lines(now), ofTarget.why(), generator -> WhyJson.write(generator, ofTarget, now));
        return ofTarget.why() == null ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }

    private int answerTrace(Answers answers, UUID workspaceId, String traceId, Deadline deadline) {
        var now = environment.clock().instant();
        var why = answers.whyTrace(workspaceId, traceId, deadline);
        if (why.isPresent()) {
            print(why.get().lines(now), why.get(), generator -> WhyJson.write(generator, why.get(), now));
            return ExitCode.DONE;
        }
        var absence = answers.absence(workspaceId, traceId, now, deadline);
        print(absence.lines(now), null, generator -> WhyJson.write(generator, absence, now));
        return ExitCode.NOT_FOUND;
    }

    private void print(List<String> lines, @Nullable Why why, JsonOutput.Body body) {
        if (json) {
            JsonOutput.print(environment.out(), body);
            return;
        }
        WhyDrawing.draw(
                lines,
                why == null ? Outcome.SKIPPED : why.outcome(),
                Screen.of(environment),
                environment.out()::println);
    }
}
