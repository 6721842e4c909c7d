package io.deploytrace.cli;

import io.deploytrace.json.TraceJson;
import io.deploytrace.store.Page;
import io.deploytrace.store.StoredTrace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists traces. */
@Command(
        name = "list",
        description =
                "List traces, the newest first. Traces that jobs recorded are listed under their job alone: with --job.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} list --outcome blocked --since 2h"})
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

    @Mixin
    private PageOptions page;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        var request = page.request(spec.commandLine());
        var criteria = filter.filter(spec.commandLine(), environment.clock().instant());
        try (var store = stores.open(database)) {
            var deadline = Deadlines.answer();
            var id =
                    workspace.resolve(store.workspaces(), environment, deadline).id();
            print(page.read(
                    spec.commandLine(), request, asked -> store.reader().traces(id, criteria, asked, deadline)));
            return ExitCode.DONE;
        }
    }

    private void print(Page<StoredTrace> found) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeArrayFieldStart("traces");
                for (var trace : found.items()) {
                    TraceJson.writeTrace(generator, trace);
                }
                generator.writeEndArray();
                generator.writeStringField("nextCursor", found.nextCursor());
                generator.writeEndObject();
            });
            return;
        }
        if (found.items().isEmpty()) {
            environment.err().println("No trace matches.");
            return;
        }
        TraceTable.lines(found.items(), Screen.of(environment)).forEach(environment.out()::println);
        PageOptions.sayMore(environment, found.nextCursor());
    }
}
