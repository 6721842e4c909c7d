package io.deploytrace.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the embedded database keeps its data. */
final class DataDirectoryOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            description = "Where the embedded database keeps its data (DEPLOYTRACE_DATA_DIR)."
                    + " By default $XDG_DATA_HOME/deploytrace, or $HOME/.local/share/deploytrace.")
    private @Nullable Path directory;

    /**
     * The directory that was given, or the user's own.
     *
     * @throws ProgramException if none was given and the user has no home
     */
    Path resolve(Environment environment) {
        if (directory != null) {
            return directory.toAbsolutePath();
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
