package io.deploytrace.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Says which setting is wrong by the name of its option, and where it was set if that wasn't on the command line. */
final class SettingProblems {

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern COMPONENT = Pattern.compile("^([a-z]+(?:[A-Z][a-z]+)*) must be ");

    private final CommandSpec serve;
    private final ServeConfiguration configuration;

    SettingProblems(CommandSpec serve, ServeConfiguration configuration) {
        this.serve = serve;
        this.configuration = configuration;
    }

    /** The message for a user, of a message that names an option, or at its beginning a property of the server's settings. */
    String explain(String message) {
        var named = withOption(message);
        var places = OPTION.matcher(named)
                .results()
                .map(found -> found.group())
                .distinct()
                .flatMap(name -> place(name).stream())
                .collect(Collectors.joining("; "));
        return places.isEmpty() ? named : named + (named.endsWith(".") ? " " : ". ") + places + ".";
    }

    private Optional<String> place(String name) {
        return Optional.ofNullable(serve.findOption(name))
                .flatMap(configuration::supplied)
                .map(source -> name + " is set by " + source.name());
    }

    private String withOption(String message) {
        var component = COMPONENT.matcher(message);
        return component.find()
                ? option(component.group(1))
                        .map(option -> option.longestName() + message.substring(component.end(1)))
                        .orElse(message)
                : message;
    }

    private Optional<OptionSpec> option(String component) {
        var words = component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return Stream.of("--max-" + words, "--" + words)
                .flatMap(name -> Optional.ofNullable(serve.findOption(name)).stream())
                .findFirst();
    }
}
