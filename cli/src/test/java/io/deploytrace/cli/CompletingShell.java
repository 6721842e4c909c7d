package io.deploytrace.cli;

import io.deploytrace.testkit.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shells that the program writes completions for. Those that only complete what is typed get a terminal, whose keys insert all
 * completions at once; the line is then run, and prints itself.
 */
enum CompletingShell {
    bash("""
            PS1=
            . ./completions
            bind '"\\C-t": insert-completions'
            """, "--norc --noprofile -i"),
    zsh("""
            PS1=
            autoload -U +X compinit && compinit -u -D
            . ./completions
            zle -C all-matches complete-word _generic
            zstyle ':completion:all-matches::::' completer _all_matches _complete
            zstyle ':completion:all-matches:*' insert yes
            bindkey '^T' all-matches
            """, "-f -i"),
    fish("source ./completions; complete -C", "--no-config -c");

    private static final String INSERT = "\u0014";
    private static final Pattern LINE = Pattern.compile("<<(.*)>>");

    private final String setUp;
    private final String options;

    CompletingShell(String setUp, String options) {
        this.setUp = setUp;
        this.options = options;
    }

    /** What may stand in place of the last word of the line, in the directory. */
    List<String> complete(Path directory, String line) throws IOException, InterruptedException {
        var shell = InstalledProgram.require(name());
        Files.writeString(directory.resolve("completions"), script());
        return this == fish ? ask(directory, shell, line) : type(directory, shell, line);
    }

    private String script() {
        return TestProgram.create().run("completion", name()).out();
    }

    private List<String> ask(Path directory, InstalledProgram shell, String line)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(shell.plainCommand(options.split(" ", -1)));
        command.add(setUp + " '" + line + "'");
        var candidates = run(directory, command, "");
        return candidates.lines().map(candidate -> candidate.split("\t", -1)[0]).collect(Collectors.toList());
    }

    private List<String> type(Path directory, InstalledProgram shell, String line)
            throws IOException, InterruptedException {
        prepareProgram(directory);
        var command = String.join(" ", shell.plainCommand(options));
        var typed = setUp + line + INSERT + "\nexit\n";
        var screen =
                run(directory, InstalledProgram.require("script").plainCommand("-qec", command, "/dev/null"), typed);
        var printed =
                LINE.matcher(screen).results().map(found -> found.group(1)).toList();
        return offered(printed.get(printed.size() - 1), line);
    }

    /** What the completions stand for prints how it was called. */
    private static void prepareProgram(Path directory) throws IOException {
        var program = directory.resolve("deploytrace");
        Files.writeString(program, "#!/bin/sh\nprintf '<''<%s>''>\\n' \"$*\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> offered(String printed, String line) {
        var given = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ') + 1);
        var offered = printed.substring(given.length()).strip();
        // What can't be completed stays as it was typed.
        return line.endsWith(offered) ? List.of() : List.of(offered.split(" +", -1));
    }

    private static String run(Path directory, List<String> command, String input)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("TERM", "dumb");
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
