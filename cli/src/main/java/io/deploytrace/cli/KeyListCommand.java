package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the keys. */
@Command(
        name = "list",
        description = "List keys, the oldest first; revoked and expired ones too.",
        footer = {
            "",
            "Those for one workspace alone, or all keys if none is given. Times are in UTC.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} key list --workspace shop"
        })
final class KeyListCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    KeyListCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (var store = stores.open(database)) {
            var workspace = workspaceOption.resolveNamed(store.workspaces(), environment, Deadlines.answer());
            var keys = store.keys().list(workspace.map(Workspace::id).orElse(null), Deadlines.answer());
            if (json) {
                print(keys);
            } else {
                print(keys, store.workspaces().list(Deadlines.answer()));
            }
            return ExitCode.DONE;
        }
    }

    private void print(List<ApiKey> keys) {
        var now = environment.clock().instant();
        JsonOutput.print(environment.out(), generator -> {
            generator.writeStartObject();
            generator.writeArrayFieldStart("keys");
            for (var key : keys) {
                KeyJson.write(generator, key, now);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }

    private void print(List<ApiKey> keys, List<Workspace> workspaces) {
        if (keys.isEmpty()) {
            environment
                    .err()
                    .println("There is no key: create one with '" + environment.program()
                            + " key create --role read|write|admin'.");
            return;
        }
        KeyTable.lines(keys, workspaces, Screen.of(environment)).forEach(environment.out()::println);
    }
}
