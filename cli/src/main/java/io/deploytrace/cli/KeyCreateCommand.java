package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore.Issued;
import io.deploytrace.store.Role;
import io.deploytrace.store.Workspace;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates a key. */
@Command(
        name = "create",
        description = "Create a key and print it, alone on its line. It is never shown again.",
        footer = {
            "",
            "The server takes it as 'Authorization: Bearer KEY'.",
            "",
            "Example:",
            "  KEY=$(${ROOT-COMMAND-NAME} key create --role write --workspace shop --expires 90d)"
        })
final class KeyCreateCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            completionCandidates = RoleWords.class,
            description = "What its holder may do: read (ask questions), write (also send spans), admin (as"
                    + " write; nothing more yet).")
    private Role role;

    @Option(
            names = "--all-workspaces",
            description = "Good for all workspaces, also those created later, instead of one.")
    private boolean allWorkspaces;

    @Option(names = "--label", paramLabel = "TEXT", description = "A note, such as who holds it: up to 100 characters.")
    private @Nullable String label;

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "After how long it is refused: 90d, 12h. By default never.")
    private @Nullable Duration lifetime;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    KeyCreateCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        if (allWorkspaces && spec.commandLine().getParseResult().hasMatchedOption("--workspace")) {
            throw ProgramException.usage(
                    "--workspace names one workspace, --all-workspaces means all. Give one of the two.");
        }
        var expiresAt = expiresAt();
        try (var store = stores.open(database)) {
            var workspace = allWorkspaces ? Optional.<Workspace>empty() : Optional.of(workspace(store));
            var issued = create(store, workspace, expiresAt);
            if (json) {
                print(issued);
            } else {
                print(issued, workspace.map(WorkspaceOption::label));
            }
            return ExitCode.DONE;
        }
    }

    private @Nullable Instant expiresAt() {
        try {
            return lifetime == null ? null : environment.clock().instant().plus(lifetime);
        } catch (DateTimeException | ArithmeticException e) {
            throw ProgramException.usage("--expires lies beyond the end of time: give a shorter duration.");
        }
    }

    private Workspace workspace(Store store) {
        return workspaceOption.resolve(
                store.workspaces(), environment, Deadlines.answer(), "For all of them, give --all-workspaces.");
    }

    private Issued create(Store store, Optional<Workspace> workspace, @Nullable Instant expiresAt) {
        try {
            return store.keys()
                    .create(role, workspace.map(Workspace::id).orElse(null), label, expiresAt, Deadlines.answer());
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(Issued issued) {
        JsonOutput.print(environment.out(), generator -> {
            generator.writeStartObject();
            generator.writeStringField("id", issued.key().id().toString());
            generator.writeStringField("key", issued.secret());
            KeyJson.writeFields(generator, issued.key(), environment.clock().instant());
            generator.writeEndObject();
        });
    }

    private void print(Issued issued, Optional<String> workspace) {
        environment.out().println(issued.secret());
        environment.out().flush();
        environment.err().println(words(issued.key(), workspace));
    }

    private String words(ApiKey key, Optional<String> workspace) {
        var expiresAt = key.expiresAt();
        return "This is the only time that the key is shown. Its role is "
                + key.role().value() + ", for "
                + workspace.map(name -> "workspace " + CleanText.clean(name)).orElse("all workspaces")
                + (expiresAt == null ? "" : ", until " + Durations.exact(expiresAt)) + ". To end it: '"
                + environment.program() + " key revoke " + key.prefix() + "'.";
    }
}
