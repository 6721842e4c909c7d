package io.deploytrace.cli;

import io.deploytrace.cli.ServeConfiguration.Rank;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * The database that was given; empty for the embedded one.
     *
     * @throws ProgramException if both were given
     */
    Optional<DatabaseAddress> address(Environment environment) {
        var ofDirectory = rank("--data-dir");
        var ofUrl = rank("--database-url");
        if (ofDirectory == ofUrl && ofUrl != Rank.ENVIRONMENT && ofUrl != Rank.DEFAULT) {
            throw ProgramException.usage(
                    "--database-url names a database of your own, --data-dir the embedded one. Give one of the two.");
        }
        if (ofDirectory.compareTo(ofUrl) > 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(url)
                .filter(text -> !text.isEmpty())
                .map(text -> DatabaseAddress.parse(
                        text, environment.variable("PGPASSWORD").orElse(null)));
    }

    /** A flag wins over the environment, also over the variable of the other option, and so on. */
    private Rank rank(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option) ? Rank.FLAG : suppliedRank(option);
    }

    private Rank suppliedRank(String option) {
        return command.defaultValueProvider() instanceof ServeConfiguration configuration
                ? configuration.source(command.findOption(option)).rank()
                : Rank.DEFAULT;
    }

    /** Where the embedded database keeps its data. */
    Path dataDirectory(Environment environment) {
        return dataDirectory.resolve(environment);
    }
}
