package io.deploytrace.ci;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command line of a CI job that is plain enough to be read without picocli. */
final class PlainCommandLine {

    /** What a command takes: options with a value, options without, and from how many words to how many. */
    private record Form(Set<String> options, Set<String> flags, int fewest, int most) {}

    private static final Map<String, Form> FORMS = Map.of(
            "exec", new Form(Set.of("--name"), Set.of(), 1, Integer.MAX_VALUE),
            "start", new Form(Set.of(), Set.of("--json"), 1, 1),
            "step", new Form(Set.of("--result", "--message", "--duration"), Set.of(), 1, 1),
            "metadata", new Form(Set.of(), Set.of(), 2, 2),
            "end", new Form(Set.of("--result", "--message"), Set.of(), 0, 0));

    private final String command;
    private final Form form;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private boolean plain = true;

    private PlainCommandLine(String command, Form form) {
        this.command = command;
        this.form = form;
    }

    /** The command line; null if it is that of another command, or not plain: help, a mistake, an option of all commands. */
    static @Nullable PlainCommandLine read(String... arguments) {
        var form = arguments.length == 0 ? null : FORMS.get(arguments[0]);
        if (form == null) {
            return null;
        }
        var line = new PlainCommandLine(arguments[0], form);
        line.readAll(List.of(arguments).subList(1, arguments.length));
        var fits = line.words.size() >= form.fewest() && line.words.size() <= form.most();
        return line.plain && fits ? line : null;
    }

    private void readAll(List<String> arguments) {
        var rest = arguments;
        while (plain && !rest.isEmpty()) {
            var first = rest.get(0);
            if (first.equals("--") || (command.equals("exec") && !first.startsWith("-"))) {
                words.addAll(first.equals("--") ? rest.subList(1, rest.size()) : rest);
                return;
            }
            var taken = first.startsWith("-") ? readOption(first, rest) : readWord(first);
            rest = rest.subList(taken, rest.size());
        }
    }

    private int readWord(String word) {
        words.add(word);
        return 1;
    }

    /** How many arguments it takes. */
    private int readOption(String argument, List<String> rest) {
        var equals = argument.indexOf('=');
        if (equals >= 0) {
            return put(form.options(), argument.substring(0, equals), argument.substring(equals + 1), 1);
        }
        if (form.flags().contains(argument)) {
            return put(form.flags(), argument, "given", 1);
        }
        var value = rest.size() > 1 ? rest.get(1) : "-";
        plain &= !value.startsWith("-");
        return put(form.options(), argument, value, Math.min(2, rest.size()));
    }

    private int put(Set<String> known, String name, String value, int taken) {
        plain &= known.contains(name) && options.put(name, value) == null;
        return taken;
    }

    /** The options that are plain for the command. */
    static Set<String> options(String command) {
        var form = Objects.requireNonNull(FORMS.get(command));
        return Stream.concat(form.options().stream(), form.flags().stream()).collect(Collectors.toSet());
    }

    String command() {
        return command;
    }

    /** The words that are no options. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** Whether one of these, or a value, is nothing but space, which few commands take. */
    boolean hasBlanks() {
        var blank = false;
        for (var value : options.values()) {
            blank |= value.isBlank();
        }
        for (var word : words.subList(0, Math.min(2, words.size()))) {
            blank |= word.isBlank();
        }
        return blank;
    }

    /** The value of the option; null if it isn't given. */
    @Nullable String option(String name) {
        return options.get(name);
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }
}
