package io.deploytrace.cli;

import io.deploytrace.store.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the workspaces. */
@Command(
        name = "list",
        description = "List the workspaces: id, name, and how long traces are kept.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} workspace list"})
final class WorkspaceListCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WorkspaceListCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            print(store.workspaces().list(Deadlines.answer()));
            return ExitCode.DONE;
        }
    }

    private void print(List<Workspace> workspaces) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeArrayFieldStart("workspaces");
                for (var workspace : workspaces) {
                    WorkspaceRetentionCommand.write(generator, workspace);
                }
                generator.writeEndArray();
                generator.writeEndObject();
            });
            return;
        }
        if (workspaces.isEmpty()) {
            environment.err().println(WorkspaceOption.choices(workspaces, environment));
        }
        for (var workspace : workspaces) {
            var name = workspace.name();
            var retention = workspace.retention();
            environment
                    .out()
                    .println(workspace.id()
                            + (name == null ? "" : "  " + name)
                            + (retention == null ? "" : "  (kept " + WorkspaceRetentionCommand.words(retention) + ")"));
        }
    }
}
