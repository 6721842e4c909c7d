package io.deploytrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What fish is told of a program: each command, option and choice on a line of its own, with the command at which it may follow. The
 * function that finds out at which command a line is stands in {@code completion.fish}.
 */
final class FishCompletion {

    private static final String HELP = "help";
    private static final Pattern VARIABLE = Pattern.compile(" \\(DEPLOYTRACE_\\w+\\)");
    private static final Pattern AFTER_FIRST_SENTENCE = Pattern.compile("\\.( .*)?$");

    private final String program;
    private final List<String> paths = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    FishCompletion(String program) {
        this.program = program;
    }

    /** The lines for all that the program understands. */
    String lines(CommandSpec root) {
        addCommand("", root);
        addSubcommands(HELP, root, false);
        return "set -g __" + program + "_commands " + String.join(" ", paths) + "\n" + String.join("\n", lines) + "\n";
    }

    private void addCommand(String path, CommandSpec command) {
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> addOption(path, option));
        command.positionalParameters().forEach(parameter -> addChoices(path, parameter));
        addSubcommands(path, command, true);
    }

    /** The help knows the names of all commands, but none of their options. */
    private void addSubcommands(String path, CommandSpec command, boolean withOptions) {
        command.subcommands().forEach((name, subcommand) -> {
            if (path.startsWith(HELP) && name.equals(HELP)) {
                return;
            }
            var deeper = (path + " " + name).strip();
            paths.add(quoted(deeper));
            add(path, "-a " + name, subcommand.getCommandSpec().usageMessage().description());
            if (withOptions) {
                addCommand(deeper, subcommand.getCommandSpec());
            } else {
                addSubcommands(deeper, subcommand.getCommandSpec(), false);
            }
        });
    }

    private void addOption(String path, OptionSpec option) {
        var what = new StringBuilder();
        for (var name : option.names()) {
            what.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            what.append(isFile(option) ? "-r -F " : "-x ").append(choices(option));
        }
        add(path, what.toString().strip(), option.description());
    }

    private void addChoices(String path, ArgSpec parameter) {
        var choices = choices(parameter);
        if (!choices.isEmpty()) {
            add(path, choices, parameter.description());
        } else if (isFile(parameter)) {
            add(path, "-F", parameter.description());
        }
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.auxiliaryTypes()[0] == Path.class;
    }

    private static String choices(ArgSpec argument) {
        var candidates = argument.completionCandidates();
        return candidates == null ? "" : "-a " + quoted(String.join(" ", candidates));
    }

    private void add(String path, String what, String[] description) {
        lines.add("complete -c " + program + " -n " + quoted("__" + program + "_is_at " + quoted(path)) + " " + what
                + " -d " + quoted(firstSentence(description)));
    }

    private static String firstSentence(String[] description) {
        var text = VARIABLE.matcher(String.join(" ", description)).replaceAll("");
        return AFTER_FIRST_SENTENCE.matcher(text).replaceFirst("");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
