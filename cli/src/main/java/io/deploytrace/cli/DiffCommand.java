package io.deploytrace.cli;

import io.deploytrace.json.DiffJson;
import io.deploytrace.query.Diff;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TargetDiff;
import io.deploytrace.store.Answers;
import io.deploytrace.store.Deadline;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how two traces differ, or what changed at a release target. */
@Command(
        name = "diff",
        description = "Say how two traces differ: which verdicts flipped, which steps are new or gone, what was noted"
                + " otherwise. Of a release target: what changed between its newest trace and the newest one before with"
                + " another outcome.",
        footer = {
            "",
            "Exits with 0 whatever the answer is, with 1 if a trace isn't there or nothing of the target is on record.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} diff checkout-production"
        })
final class DiffCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--json", description = "Print JSON, with every step.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The first trace: its id, or at least its last 6 digits. Or, alone, a release target.")
    private String a;

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "The second trace.")
    private @Nullable String b;

    DiffCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var id =
                    workspace.resolve(store.workspaces(), environment, deadline).id();
            return b == null ? ofTarget(store, id, deadline) : ofTraces(store, id, b, deadline);
        }
    }

    private int ofTraces(Store store, UUID workspaceId, String second, Deadline deadline) {
        var reader = store.reader();
        var idOfA = TraceIds.resolve(reader, workspaceId, a, deadline);
        var idOfB = TraceIds.resolve(reader, workspaceId, second, deadline);
        var diff = new Answers(reader)
                .diff(workspaceId, idOfA, idOfB, deadline)
                .orElseThrow(() -> TraceIds.notFound(
                        environment,
                        reader.summary(workspaceId, idOfA, deadline).isEmpty() ? idOfA : idOfB));
        print(diff);
        return ExitCode.DONE;
    }

    private int ofTarget(Store store, UUID workspaceId, Deadline deadline) {
        var answer = new Answers(store.reader(), store.workspaces()).diffTarget(workspaceId, a, deadline);
        if (answer.newest() == null && TraceIds.isFull(a)) {
            throw ProgramException.usage("'" + CleanText.clean(a)
                    + "' is no release target. If it is a trace, give a second one to compare it with.");
        }
        print(answer);
        return answer.newest() == null ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }

    private void print(Diff diff) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(environment.out(), generator -> DiffJson.write(generator, diff, screen.now()));
        } else {
            WhyDrawing.draw(diff.lines(screen.now()), Outcome.SKIPPED, screen, environment.out()::println);
        }
    }

    private void print(TargetDiff answer) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(environment.out(), generator -> DiffJson.write(generator, answer, screen.now()));
        } else {
            WhyDrawing.draw(answer.lines(screen.now()), Outcome.SKIPPED, screen, environment.out()::println);
        }
    }
}
