package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobTokens;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.vocabulary.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A job that a controller triggered, and a machine on which its steps run, each in a process of its own. */
final class CiJob {

    private final PostgresSpanStore store;
    private final UUID workspace;
    private final String traceId;
    private final Map<String, String> variables = new TreeMap<>();

    private CiJob(PostgresSpanStore store, UUID workspace, String traceId) {
        this.store = store;
        this.workspace = workspace;
        this.traceId = traceId;
    }

    /** Triggers it, in a workspace of its own. */
    static CiJob trigger(String databaseUrl, String serverUrl, Path directory) {
        var store = PostgresSpanStore.builder(
                        DatabaseAddress.parse(databaseUrl, null).dataSource())
                .build();
        var workspace = UUID.fromString(TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run("workspace", "create", "shop-" + UUID.randomUUID())
                .out()
                .strip());
        try (var target = ReconcileTarget.builder(workspace.toString(), "shop-production")
                .store(store)
                .tokens(JobTokens.ofKeys(RunningServer.TOKEN_SECRET))
                .start()) {
            var job = new CiJob(store, workspace, target.traceId());
            try (var execution = target.startExecution();
                    var triggered = execution.triggerJob("github-action", Map.of(), "job-7")) {
                job.variables.put("DEPLOYTRACE_TOKEN", triggered.token());
            }
            target.complete(Status.COMPLETED);
            job.variables.put("DEPLOYTRACE_URL", serverUrl);
            // Not even a busy machine takes so long; where the bound is tested, the default holds.
            job.variables.put("DEPLOYTRACE_TIMEOUT", "60s");
            job.variables.put("DEPLOYTRACE_STATE_DIR", directory.toString());
            return job;
        }
    }

    /** Sets a variable for the steps from now on. */
    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** Leaves a variable out from now on. */
    void unset(String variable) {
        variables.remove(variable);
    }

    /** A step that runs the program. */
    ProcessBuilder program(String... arguments) {
        return program(List.of(), arguments);
    }

    /** A step that runs the program, with options of Java. */
    ProcessBuilder program(List<String> options, String... arguments) {
        var command = new ArrayList<>(ProgramCommand.ofCi(options.toArray(String[]::new)));
        command.addAll(List.of(arguments));
        return step(command);
    }

    /** A step that runs any command. */
    ProcessBuilder step(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("(DEPLOYTRACE|OTEL|GITHUB|CI)_?.*|TRACEPARENT"));
        builder.environment().putAll(variables);
        return builder;
    }

    TestProgram.Result run(String... arguments) throws Exception {
        return TestCheckout.result(program(arguments).start());
    }

    /** Runs it, and fails if it says anything or doesn't succeed. */
    String quietly(String... arguments) throws Exception {
        var result = run(arguments);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out();
    }

    /** What the job recorded and the server stored, in the order of starts. */
    List<Span> spans() {
        var ofJob = SpanFilter.ALL.and(SpanColumn.PARENT_TRACE_ID, traceId);
        return store
                .spans(workspace, ofJob, PageRequest.first(1_000), Deadline.after(Duration.ofSeconds(30)))
                .items()
                .stream()
                .sorted(Comparator.comparing(Span::startTime))
                .toList();
    }

    /** The one span of the name. */
    Span span(String name) {
        return spans().stream()
                .filter(span -> span.name().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("There are two spans " + name);
                })
                .orElseThrow(() -> new AssertionError("There is no span " + name));
    }

    /** The job's trace as lines: each span below its parent, with its status and message. */
    List<String> outline() {
        var lines = new ArrayList<String>();
        var spans = spans();
        var roots = spans.stream().filter(span -> span.parentSpanId() == null);
        roots.forEach(root -> outline(spans, root, "", lines));
        return lines;
    }

    private static void outline(List<Span> spans, Span span, String indent, List<String> lines) {
        var message = span.attributes().getString("ctrlplane.message");
        lines.add(indent + span.name() + " " + span.status() + (message == null ? "" : ": " + message));
        spans.stream()
                .filter(child -> span.spanId().equals(child.parentSpanId()))
                .forEach(child -> outline(spans, child, indent + "  ", lines));
    }
}
