package io.deploytrace.cli;

import io.deploytrace.store.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rebuilds the summaries that lists and filters read. */
@Command(
        name = "reindex",
        description = "Rebuild the summaries of traces from their spans, where another program wrote spans.",
        footer = {
            "",
            "Of one workspace, or of all if none is given. May be interrupted and repeated.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} reindex --workspace shop"
        })
final class ReindexCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--all", description = "Every summary, not only those of traces that changed unseen.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ReindexCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var written = 0L;
            for (var workspace : workspaces(store)) {
                written += store.maintenance().reindex(workspace.id(), all, Deadlines.work());
            }
            print(written);
            return ExitCode.DONE;
        }
    }

    private List<Workspace> workspaces(Store store) {
        return workspaceOption
                .resolveNamed(store.workspaces(), environment, Deadlines.answer())
                .map(List::of)
                .orElseGet(() -> store.workspaces().list(Deadlines.answer()));
    }

    private void print(long written) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeNumberField("summaries", written);
                generator.writeEndObject();
            });
        } else {
            environment.out().println("Rebuilt " + written + (written == 1 ? " summary." : " summaries."));
        }
    }
}
