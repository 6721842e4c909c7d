package io.deploytrace.cli;

import io.deploytrace.json.FanoutJson;
import io.deploytrace.query.Fanout;
import io.deploytrace.query.Outcome;
import io.deploytrace.store.Answers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how a release stands at its release targets. */
@Command(
        name = "fanout",
        description = "Say how a release stands at every release target it concerns: how many it was deployed to, what"
                + " stands in the way at the others, and which have moved on to another release.",
        footer = {
            "",
            "Exits with 1 if nothing of the release is on record.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} fanout checkout@v5.3.5"
        })
final class FanoutCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--json", description = "Print JSON, with every target.")
    private boolean json;

    @Parameters(paramLabel = "RELEASE", description = "The release.")
    private String release;

    FanoutCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var id =
                    workspace.resolve(store.workspaces(), environment, deadline).id();
            var fanout = new Answers(store.reader(), store.workspaces()).fanout(id, release, deadline);
            print(fanout);
            return fanout.groups().isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
        }
    }

    private void print(Fanout fanout) {
        var screen = Screen.of(environment);
        if (json) {
            JsonOutput.print(environment.out(), generator -> FanoutJson.write(generator, fanout, screen.now()));
        } else {
            WhyDrawing.draw(fanout.lines(screen.now()), Outcome.SKIPPED, screen, environment.out()::println);
        }
    }
}
