package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes a key. */
@Command(
        name = "revoke",
        description = "Revoke a key for good: from now on every server refuses it.",
        footer = {
            "",
            "Of a whole key, such as one that was found where it shouldn't be, the beginning is used.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} key revoke dt_k3v9x0qa"
        })
final class KeyRevokeCommand implements Callable<Integer> {

    /** A whole key, of which only the beginning may be printed. */
    private static final Pattern WHOLE = Pattern.compile("(dt_[a-z0-9]{8})_.*", Pattern.DOTALL);

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Parameters(paramLabel = "PREFIX", description = "The beginning of the key, as 'key list' shows it.")
    private String key;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    KeyRevokeCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        var prefix = WHOLE.matcher(key).replaceFirst("$1");
        try (var store = stores.open(database)) {
            print(store.keys()
                    .revoke(prefix, Deadlines.answer())
                    .orElseThrow(() -> ProgramException.notFound("There is no key '" + CleanText.clean(prefix) + "'. '"
                            + environment.program() + " key list' shows those there are.")));
            return ExitCode.DONE;
        }
    }

    private void print(ApiKey revoked) {
        if (json) {
            JsonOutput.print(
                    environment.out(),
                    generator -> KeyJson.write(
                            generator, revoked, environment.clock().instant()));
        } else {
            environment.out().println("Revoked key " + revoked.prefix() + ".");
        }
    }
}
