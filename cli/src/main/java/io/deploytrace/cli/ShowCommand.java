package io.deploytrace.cli;

import io.deploytrace.store.Deadline;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one trace. */
@Command(
        name = "show",
        description = "Show a trace as a tree: verdicts, messages, durations, metadata, and the traces linked to it.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} show 01a204a3a1d13bb5b21dc2dff70c1254"})
final class ShowCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--json", description = "Print JSON, with all that is stored.")
    private boolean json;

    @Parameters(paramLabel = "TRACE", description = "The trace's id, or at least its last 6 digits.")
    private String trace;

    ShowCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var view = read(
                    store,
                    workspace.resolve(store.workspaces(), environment, deadline).id(),
                    deadline);
            if (json) {
                JsonOutput.print(environment.out(), view::write);
            } else {
                view.draw(Screen.of(environment), environment.out()::println);
            }
            return ExitCode.DONE;
        }
    }

    private TraceView read(Store store, UUID workspaceId, Deadline deadline) {
        var reader = store.reader();
        var id = TraceIds.resolve(reader, workspaceId, trace, deadline);
        var summary = reader.summary(workspaceId, id, deadline).orElseThrow(() -> TraceIds.notFound(environment, id));
        return new TraceView(
                summary,
                reader.traceWithLinked(workspaceId, id, deadline),
                reader.linkedTraces(workspaceId, id, deadline));
    }
}
