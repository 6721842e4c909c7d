package io.deploytrace.cli;

import io.deploytrace.json.HistoryJson;
import io.deploytrace.query.History;
import io.deploytrace.store.Answers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what became of a release target. */
@Command(
        name = "history",
        description = "Say what became of a release target, the newest first: one line for all reconciles in a row that"
                + " gave the same answer, or that flapped between two.",
        footer = {
            "",
            "Exits with 1 if nothing was recorded for the target in that time.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} history checkout-production --since 7d"
        })
final class HistoryCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private TimeRangeOptions times;

    @Mixin
    private PageOptions page;

    @Option(names = "--json", description = "Print JSON, with the ids of the traces.")
    private boolean json;

    @Parameters(paramLabel = "TARGET", description = "The release target.")
    private String target;

    HistoryCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        var request = page.request(spec.commandLine());
        var range = times.range(environment.clock().instant());
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var id =
                    workspace.resolve(store.workspaces(), environment, deadline).id();
            var answers = new Answers(store.reader(), store.workspaces());
            var history = page.read(
                    spec.commandLine(), request, asked -> answers.history(id, target, range, asked, deadline));
            print(history);
            return history.lines().isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
        }
    }

    private void print(History history) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(
                    environment.out(),
                    generator -> HistoryJson.write(generator, history, history.nextCursor(), screen.now()));
            return;
        }
        HistoryDrawing.draw(history, screen, environment.out()::println);
        PageOptions.sayMore(environment, history.nextCursor());
    }
}
