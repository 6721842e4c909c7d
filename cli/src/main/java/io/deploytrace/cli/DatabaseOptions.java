package io.deploytrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the traces are: the same for every command that needs a database. */
final class DatabaseOptions {

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "The database, as postgres://USER:PASSWORD@HOST:PORT/DATABASE or jdbc:postgresql://…"
                    + " (DEPLOYTRACE_DATABASE_URL). Without it, an embedded one of your own.")
    private @Nullable String url;

    @Mixin
    private DataDirectoryOption dataDirectory;

    /** The database that was given; empty for the embedded one. */
    Optional<DatabaseAddress> address(Environment environment) {
        return Optional.ofNullable(url)
                .filter(text -> !text.isEmpty())
                .map(text -> DatabaseAddress.parse(
                        text, environment.variable("PGPASSWORD").orElse(null)));
    }

    /** Where the embedded database keeps its data. */
    Path dataDirectory(Environment environment) {
        return dataDirectory.resolve(environment);
    }
}
