package io.deploytrace.cli;

import io.deploytrace.json.TraceJson;
import io.deploytrace.store.TraceMaintenance.Removed;
import io.deploytrace.store.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes old traces. */
@Command(
        name = "prune",
        description = "Remove the traces of a workspace that were first written longer ago than a duration.",
        footer = {
            "",
            "Removes whole traces, the oldest first, in batches that each commit: interrupt it whenever you like and run it again to go on.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} prune --older-than 90d --dry-run"
        })
final class PruneCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How old a trace must be to be removed: 90d, 12h.")
    private Duration olderThan;

    @Option(names = "--dry-run", description = "Count what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PruneCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var before = store.maintenance().time(Deadlines.answer()).minus(olderThan);
            var workspace = workspaceOption.resolve(store.workspaces(), environment, Deadlines.answer());
            print(workspace, before, dryRun ? count(store, workspace, before) : prune(store, workspace, before));
            return ExitCode.DONE;
        }
    }

    private static Removed count(Store store, Workspace workspace, Instant before) {
        return store.maintenance().countOlderThan(workspace.id(), before, Deadlines.work());
    }

    private Removed prune(Store store, Workspace workspace, Instant before) {
        if (!environment.terminal().error()) {
            return store.maintenance().prune(workspace.id(), before, removed -> {}, Deadlines.work());
        }
        var bar = new ProgressBar(
                environment.err(),
                "traces removed",
                count(store, workspace, before).traces(),
                Glyphs.of(environment.variables()));
        try {
            return store.maintenance()
                    .prune(workspace.id(), before, removed -> bar.show(removed.traces()), Deadlines.work());
        } finally {
            bar.end();
        }
    }

    private void print(Workspace workspace, Instant before, Removed removed) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeStringField("workspaceId", workspace.id().toString());
                TraceJson.writeTime(generator, "before", before);
                generator.writeBooleanField("dryRun", dryRun);
                generator.writeNumberField("traces", removed.traces());
                generator.writeNumberField("spans", removed.spans());
                generator.writeEndObject();
            });
            return;
        }
        var name = workspace.name() == null ? workspace.id().toString() : CleanText.clean(workspace.name());
        environment
                .out()
                .println((dryRun ? "Would remove " : "Removed ") + counted(removed.traces(), "trace") + " ("
                        + counted(removed.spans(), "span") + ") of workspace " + name + ", written before "
                        + Durations.exact(before) + ".");
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
