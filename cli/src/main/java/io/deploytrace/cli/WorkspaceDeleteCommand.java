package io.deploytrace.cli;

import io.deploytrace.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a workspace. */
@Command(
        name = "delete",
        description = "Delete a workspace, its keys and all traces in it.",
        footer = {
            "",
            "Works in batches that each commit: interrupt it whenever you like and run it again to go on.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} workspace delete shop --yes"
        })
final class WorkspaceDeleteCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Parameters(paramLabel = "WORKSPACE", description = "Its id or name.")
    private String idOrName;

    @Option(names = "--yes", description = "Don't ask. Needed where there is no terminal to ask on.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WorkspaceDeleteCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        if (!yes && !environment.terminal().input()) {
            throw ProgramException.usage("Deleting a workspace can't be undone: give --yes if you mean it.");
        }
        try (var store = stores.open(database)) {
            var workspace = WorkspaceOption.find(store.workspaces(), idOrName, environment);
            if (!yes && !confirmed(workspace)) {
                environment.err().println("Nothing was deleted.");
                return ExitCode.DONE;
            }
            print(workspace, delete(store, workspace));
            return ExitCode.DONE;
        }
    }

    private long delete(Store store, Workspace workspace) {
        if (!environment.terminal().error()) {
            return store.workspaces().delete(workspace.id(), deleted -> {}, Deadlines.work());
        }
        var spans = store.maintenance()
                .countOlderThan(workspace.id(), Instant.MAX, Deadlines.work())
                .spans();
        var bar = new ProgressBar(environment.err(), "spans deleted", spans, Glyphs.of(environment.variables()));
        try {
            return store.workspaces().delete(workspace.id(), bar::show, Deadlines.work());
        } finally {
            bar.end();
        }
    }

    private boolean confirmed(Workspace workspace) {
        environment
                .err()
                .print("Delete workspace " + WorkspaceOption.label(workspace) + " and all traces in it? [y/N] ");
        environment.err().flush();
        try {
            var answer = environment.in().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Workspace workspace, long spans) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeStringField("id", workspace.id().toString());
                generator.writeStringField("name", workspace.name());
                generator.writeNumberField("spans", spans);
                generator.writeEndObject();
            });
        } else {
            environment
                    .out()
                    .println("Deleted workspace " + WorkspaceOption.label(workspace) + " and "
                            + (spans == 1 ? "1 span." : spans + " spans."));
        }
    }
}
