package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.store.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Says, or sets, for how long the traces of a workspace are kept. */
@Command(
        name = "retention",
        description = "Say, or set, for how long the traces of a workspace are kept.",
        footer = {
            "",
            "Servers remove what is older; the command itself removes nothing. Without a setting traces are kept for ever.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} workspace retention shop 90d"
        })
final class WorkspaceRetentionCommand implements Callable<Integer> {

    private static final String OFF = "off";

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Its id or name.")
    private String idOrName;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DURATION",
            description = "For how long: 90d, 12h, counted from when a trace was first written; off: for ever.")
    private @Nullable String duration;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    WorkspaceRetentionCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        var setting = duration == null ? null : setting(duration);
        try (var store = stores.open(database)) {
            var workspace = WorkspaceOption.find(store.workspaces(), idOrName, environment);
            if (setting == null) {
                print(workspace);
                return ExitCode.DONE;
            }
            print(set(store, workspace, setting));
            return ExitCode.DONE;
        }
    }

    /** Zero is none. */
    private static Duration setting(String text) {
        try {
            return text.equals(OFF) ? Duration.ZERO : new DurationConverter().convert(text);
        } catch (TypeConversionException e) {
            throw ProgramException.usage(e.getMessage() + "; or 'off'.");
        }
    }

    private static Workspace set(Store store, Workspace workspace, Duration setting) {
        var retention = setting.isZero() ? null : setting;
        try {
            store.workspaces().retain(workspace.id(), retention, Deadlines.answer());
            return new Workspace(workspace.id(), workspace.name(), retention);
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(Workspace workspace) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> write(generator, workspace));
        } else {
            environment
                    .out()
                    .println("Traces of workspace " + WorkspaceOption.label(workspace) + " are kept "
                            + words(workspace.retention()) + ".");
        }
    }

    /** For how long. */
    static String words(@Nullable Duration retention) {
        return retention == null ? "for ever" : "for " + Durations.words(retention);
    }

    /** Writes a workspace as an object of id, name and retention, of which the last two may be null. */
    static void write(JsonGenerator generator, Workspace workspace) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("id", workspace.id().toString());
        generator.writeStringField("name", workspace.name());
        var retention = workspace.retention();
        generator.writeStringField("retention", retention == null ? null : retention.toString());
        generator.writeEndObject();
    }
}
