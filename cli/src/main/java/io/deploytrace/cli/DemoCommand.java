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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what Deploytrace does, on data of its own. */
@Command(
        name = "demo",
        description =
                "Record a deployment and a day in the life of 40 release targets into the workspace 'demo', then show"
                        + " the deployment and say why another one is blocked.",
        footer = {
            "",
            "Touches no other workspace. Running it again records the deployment anew, and the day if there is none of the last 24 hours."
        })
final class DemoCommand implements Callable<Integer> {

    static final String WORKSPACE = "demo";

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    // Accepted already, so that scripts which say it go on working once the demonstration serves its page.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--once", description = "End after printing, as it does anyway for now.")
    private boolean once;

    DemoCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.openMigrated(database)) {
            var workspace = workspace(store);
            recordDay(store, workspace);
            var traceId = DemoWorkflow.record(
                    workspace.id().toString(),
                    store.writer(),
                    environment.clock().instant());
            new DemoTour(environment, store, workspace, traceId).print();
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
                DemoDay.LAST_TARGET, null, null, null, null, null, Outcome.RUNNING, TimeRange.since(since));
        return store.reader().traces(workspace.id(), filter, PageRequest.first(1), Deadlines.answer()).items().stream()
                .findFirst();
    }

    private void say(String message) {
        environment.err().println(message);
    }
}
