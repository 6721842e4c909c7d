package io.deploytrace.cli;

import io.deploytrace.cli.ConfigurationFile.Entry;
import io.deploytrace.query.SimilarNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the settings of a server come from: flags win over the environment, which wins over the configuration file, which wins over the
 * defaults. The file is read once.
 */
final class ServeConfiguration implements IDefaultValueProvider {

    static final String FILE_OPTION = "--config";
    static final String CHECK_OPTION = "--check-config";

    private static final Set<String> FLAGS_ALONE = Set.of(FILE_OPTION, CHECK_OPTION);

    /** From the weakest to the strongest. */
    enum Rank {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    /**
     * Where a setting comes from.
     *
     * @param rank how strong it is
     * @param name how messages call it
     */
    record Source(Rank rank, String name) {}

    private final Environment environment;
    private final EnvironmentDefaults variables;
    private final Map<String, Source> supplied = new HashMap<>();
    private @Nullable ConfigurationFile file;
    private @Nullable ProgramException unreadable;

    ServeConfiguration(Environment environment) {
        this.environment = environment;
        this.variables = new EnvironmentDefaults(environment);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        var variable = variables.defaultValue(argument);
        if (!(argument instanceof OptionSpec option) || FLAGS_ALONE.contains(option.longestName())) {
            return variable;
        }
        if (variable != null) {
            var name = "the environment variable " + EnvironmentDefaults.variable(option);
            supplied.put(option.longestName(), new Source(Rank.ENVIRONMENT, name));
            return variable;
        }
        return inFile(option).orElse(null);
    }

    private Optional<String> inFile(OptionSpec option) {
        var found = option.inherited()
                ? Optional.<Entry>empty()
                : file(option.command()).map(read -> read.entries().get(key(option)));
        found.ifPresent(entry -> supplied.put(
                option.longestName(),
                new Source(Rank.FILE, file(option.command()).orElseThrow().place(entry.line()))));
        return found.map(Entry::value);
    }

    private static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** A file that can't be read is reported by {@link #check}: the help of the command is shown nevertheless. */
    private Optional<ConfigurationFile> file(CommandSpec serve) {
        if (file == null && unreadable == null) {
            try {
                file = path(serve).map(ConfigurationFile::read).orElse(null);
            } catch (ProgramException e) {
                unreadable = e;
            }
        }
        return Optional.ofNullable(file);
    }

    private Optional<Path> path(CommandSpec serve) {
        var option = serve.findOption(FILE_OPTION);
        var given = Optional.ofNullable(option.<Path>getValue());
        return given.or(() -> Optional.ofNullable(EnvironmentDefaults.variable(option))
                .flatMap(environment::variable)
                .map(Path::of));
    }

    /**
     * Checks that the file, if one is named, could be read and sets nothing that isn't a setting.
     *
     * @throws ProgramException otherwise; the message names the file, the line, and the setting that was probably meant
     */
    void check(CommandSpec serve) {
        file(serve);
        if (unreadable != null) {
            throw unreadable;
        }
        if (file != null) {
            for (var entry : file.entries().entrySet()) {
                if (settings(serve).stream().noneMatch(option -> key(option).equals(entry.getKey()))) {
                    throw unknown(serve, file.place(entry.getValue().line()), entry.getKey());
                }
            }
        }
    }

    private static ProgramException unknown(CommandSpec serve, String place, String key) {
        var known = settings(serve).stream().map(ServeConfiguration::key).toList();
        var similar = SimilarNames.to(key, known, 1).stream().findFirst();
        return ProgramException.usage(place + ": " + CleanText.clean(key) + " isn't a setting. "
                + similar.map(name -> "Did you mean " + name + "?")
                        .orElse("The settings are " + String.join(", ", known) + "."));
    }

    /** The options that a file can set. */
    static List<OptionSpec> settings(CommandSpec serve) {
        var settings = new ArrayList<>(serve.options());
        settings.removeIf(option -> option.inherited() || FLAGS_ALONE.contains(option.longestName()));
        return settings;
    }

    /** What stands in for an option that wasn't given as a flag; empty if nothing does. */
    Optional<Source> supplied(OptionSpec option) {
        return Optional.ofNullable(supplied.get(option.longestName()));
    }

    /** Where the value of an option comes from, once the command line was parsed. */
    Source source(OptionSpec option) {
        if (option.command().commandLine().getParseResult().hasMatchedOption(option)) {
            return new Source(Rank.FLAG, "flag");
        }
        return supplied(option).orElse(new Source(Rank.DEFAULT, "default"));
    }
}
