package io.deploytrace.cli;

import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.StoredTrace;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists traces. */
@Command(
        name = "list",
        description =
                "List traces, the newest first. Traces that jobs recorded are listed under their job alone: with --job.")
final class ListCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private TraceFilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "The most traces to print, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where to go on, as the page before said.")
    private @Nullable String cursor;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > PageRequest.MAXIMUM_LIMIT) {
            throw new ParameterException(
                    spec.commandLine(), "--limit must be 1 to " + PageRequest.MAXIMUM_LIMIT + ", but is " + limit);
        }
        var criteria = filter.filter(spec.commandLine(), environment.clock().instant());
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var id =
                    workspace.resolve(store.workspaces(), environment, deadline).id();
            print(store.reader().traces(id, criteria, new PageRequest(limit, cursor), deadline));
            return ExitCode.DONE;
        } catch (SpanStoreException e) {
            if (cursor != null && e.reason() == SpanStoreException.Reason.INVALID_SPAN) {
                throw new ParameterException(spec.commandLine(), "--cursor: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void print(Page<StoredTrace> page) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeArrayFieldStart("traces");
                for (var trace : page.items()) {
                    TraceJson.writeTrace(generator, trace);
                }
                generator.writeEndArray();
                generator.writeStringField("nextCursor", page.nextCursor());
                generator.writeEndObject();
            });
            return;
        }
        if (page.items().isEmpty()) {
            environment.err().println("No trace matches.");
            return;
        }
        TraceTable.lines(page.items(), Screen.of(environment)).forEach(environment.out()::println);
        if (page.nextCursor() != null) {
            environment.out().flush();
            environment.err().println("There are more: add --cursor " + page.nextCursor());
        }
    }
}
