package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what Deploytrace does, on data of its own. */
@Command(
        name = "demo",
        description =
                "Record a deployment and a day in the life of 40 release targets into the workspace 'demo', then show"
                        + " the deployment, say why another one is blocked, and serve all of it to a browser on this machine.",
        footer = {
            "",
            "Touches no other workspace. Running it again records the deployment anew, and the day if there is none of the last 24 hours.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} demo"
        })
final class DemoCommand implements Callable<Integer> {

    static final String WORKSPACE = "demo";

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--once", description = "End after printing, and serve nothing.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of the page; 0 is any that is free. By default 8090, or any if that is taken.")
    private @Nullable Integer port;

    DemoCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port != null && (port < 0 || port > 65_535)) {
            throw ProgramException.usage("--port must be 0 to 65535, but is " + port + ".");
        }
        try (var store = stores.openMigrated(database)) {
            var workspace = workspace(store);
            recordDay(store, workspace);
            var traceId = DemoWorkflow.record(
                    workspace.id().toString(),
                    store.writer(),
                    environment.clock().instant());
            new DemoTour(environment, store, workspace, traceId).print();
            if (!once) {
                new DemoServer(environment, database, port).serve("/w/" + workspace.id());
            }
            return ExitCode.DONE;
        }
    }

    private Workspace workspace(Store store) {
        var deadline = Deadlines.answer();
        return WorkspaceOption.find(store.workspaces().list(deadline), WORKSPACE)
                .orElseGet(() -> store.workspaces().create(WORKSPACE, deadline));
    }

    private void recordDay(Store store, Workspace workspace) {
        var now = environment.clock().instant();
        var yesterday = now.minus(Duration.ofDays(1));
        var last = lastOfDay(store, workspace, yesterday);
        if (last.isPresent()) {
            say("The day in the life of 40 release targets is there already: it ended "
                    + Durations.age(last.get().createdAt(), now) + " ago.");
            return;
        }
        say("Recording a day in the life of 40 release targets ...");
        var recorder = new DemoRecorder(workspace.id().toString(), now);
        var recorded = DemoDay.endingAt(now).stream().map(recorder::record).toList();
        var written = new DemoWriting(store.writerOn(), yesterday).write(recorded, Deadlines.work());
        say("Recorded " + recorded.size() + " reconciles: " + written.traces() + " traces with " + written.spans()
                + " spans, over the last 24 hours.");
    }

    /** The trace that is written last: a run that was interrupted didn't come so far. */
    private static Optional<StoredTrace> lastOfDay(Store store, Workspace workspace, Instant since) {
        var filter = new TraceFilter(
                DemoDay.LAST_TARGET, null, null, null, null, null, Outcome.RUNNING, null, TimeRange.since(since));
        return store.reader().traces(workspace.id(), filter, PageRequest.first(1), Deadlines.answer()).items().stream()
                .findFirst();
    }

    private void say(String message) {
        environment.err().println(message);
    }
}
