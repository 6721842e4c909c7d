package io.deploytrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the traces are: the same for every command that needs a database. */
final class DatabaseOptions {

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "The database, as postgres://USER:PASSWORD@HOST:PORT/DATABASE or jdbc:postgresql://…"
                    + " (DEPLOYTRACE_DATABASE_URL). Without it, an embedded one of your own.")
    private @Nullable String url;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            description = "Where the embedded database keeps its data (DEPLOYTRACE_DATA_DIR)."
                    + " By default $XDG_DATA_HOME/deploytrace, or $HOME/.local/share/deploytrace.")
    private @Nullable Path dataDirectory;

    /** The database that was given; empty for the embedded one. */
    Optional<DatabaseAddress> address(Environment environment) {
        return Optional.ofNullable(url)
                .filter(text -> !text.isEmpty())
                .map(text -> DatabaseAddress.parse(
                        text, environment.variable("PGPASSWORD").orElse(null)));
    }

    /** Where the embedded database keeps its data. */
    Path dataDirectory(Environment environment) {
        if (dataDirectory != null) {
            return dataDirectory.toAbsolutePath();
        }
        // The XDG Base Directory Specification: a relative path counts as not set.
        return environment
                .variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> environment.variable("HOME").map(home -> Path.of(home, ".local", "share")))
                .map(base -> base.resolve("deploytrace").toAbsolutePath())
                .orElseThrow(() -> ProgramException.usage("There is no place for the embedded database: neither HOME"
                        + " nor XDG_DATA_HOME is set. Set one, or give --data-dir or --database-url."));
    }
}
