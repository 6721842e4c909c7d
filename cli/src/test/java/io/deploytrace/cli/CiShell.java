package io.deploytrace.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine that runs a job: steps in shells of their own, with the variables of the job and no others, in a directory of the job's. */
final class CiShell {

    /** As most runners do. */
    static final List<String> BASH = List.of("bash", "-e");

    /**
     * What a step did.
     *
     * @param exitCode its exit code
     * @param log what it printed to standard output and error, as a CI system shows it
     */
    record Step(int exitCode, String log) {}

    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();
    private int steps;

    /** @param directory of which nobody else makes use */
    CiShell(Path directory) throws IOException {
        this.directory = directory;
        set("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        // Without a home the program makes no cache in the background.
        set("JOB_DIRECTORY", directory.toString());
        set("JAVA_HOME", System.getProperty("java.home"));
        // Not even a busy machine takes so long.
        set("DEPLOYTRACE_TIMEOUT", "60s");
        set("TMPDIR", Files.createDirectories(directory.resolve("temp")).toString());
        Files.createDirectories(directory.resolve("work"));
        make("");
    }

    /** Puts a make in place whose targets all succeed but one. */
    void make(String failing) throws IOException {
        PackagedProgram.write(directory.resolve("bin/make"), """
                [ "$1" != build ] || echo 'built checkout:5.3.5'
                [ "$1" != '%s' ] || { echo '2 of 40 tests failed' >&2; exit 2; }""".formatted(failing));
    }

    /** Puts the program on the path. */
    CiShell install(Path archive) throws Exception {
        PackagedProgram.unpack(archive, directory.resolve("program"));
        return prepend("PATH", directory.resolve("program").toString());
    }

    CiShell set(String name, String value) {
        variables.put(name, value);
        return this;
    }

    CiShell setAll(Map<String, String> all) {
        variables.putAll(all);
        return this;
    }

    CiShell prepend(String name, String value) {
        return set(name, value + ":" + variables.get(name));
    }

    String get(String name) {
        return variables.getOrDefault(name, "");
    }

    /** A path below the directory of the job. */
    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Where steps run. */
    Path work() {
        return directory.resolve("work");
    }

    Step run(String script) throws Exception {
        return run(BASH, script, Map.of());
    }

    /** Runs a script with variables that are the step's alone. */
    Step run(List<String> shell, String script, Map<String, String> own) throws Exception {
        var file = directory.resolve("step-" + ++steps);
        Files.writeString(file, script);
        var command = new ArrayList<>(shell);
        command.add(file.toString());
        var builder = new ProcessBuilder(command).directory(work().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(own);
        var process = builder.start();
        process.getOutputStream().close();
        var log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the step didn't end; it said:\n" + log);
        }
        return new Step(process.exitValue(), log);
    }
}
