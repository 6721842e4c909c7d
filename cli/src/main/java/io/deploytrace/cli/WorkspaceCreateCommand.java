package io.deploytrace.cli;

import io.deploytrace.json.WorkspaceJson;
import io.deploytrace.store.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a workspace. */
@Command(
        name = "create",
        description = "Create a workspace and print its id.",
        footer = {"", "Example:", "  WORKSPACE=$(${ROOT-COMMAND-NAME} workspace create shop)"})
final class WorkspaceCreateCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Parameters(paramLabel = "NAME", description = "Its name: up to 100 characters, unlike any other's.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WorkspaceCreateCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            print(create(store));
            return ExitCode.DONE;
        }
    }

    private Workspace create(Store store) {
        try {
            return store.workspaces().create(name, Deadlines.answer());
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(Workspace workspace) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> WorkspaceJson.write(generator, workspace));
        } else {
            environment.out().println(workspace.id());
        }
    }
}
