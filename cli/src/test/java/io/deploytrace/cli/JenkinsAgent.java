package io.deploytrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the shell scripts of a pipeline as a Jenkins agent does: each by itself, showing each command, those of {@code post} in any case. */
final class JenkinsAgent {

    private static final Path EXAMPLE = Path.of("..", "examples", "jenkins", "Jenkinsfile");
    private static final Pattern SCRIPT = Pattern.compile("sh '''\\R(.*?)'''", Pattern.DOTALL);
    private static final Pattern ENVIRONMENT = Pattern.compile("environment \\{(.*?)\\R  }", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(\\w+) = (?:'([^']*)'|\"([^\"]*)\")");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env\\.(\\w+)}");
    private static final List<String> SHELL = List.of("/bin/sh", "-xe");

    private final CiShell shell;
    private final Map<String, String> replaced;

    /** @param replaced what users set to their own: variables of the pipeline's environment */
    JenkinsAgent(CiShell shell, Map<String, String> replaced) {
        this.shell = shell;
        this.replaced = replaced;
    }

    /** The exit code is that of the stages. */
    CiShell.Step runPipeline() throws Exception {
        var file = Files.readString(EXAMPLE);
        setEnvironment(file);
        var parts = file.split("\\R  post \\{", 2);
        var log = new StringBuilder();
        var code = run(parts[0], log);
        run(parts[1], log);
        return new CiShell.Step(code, log.toString());
    }

    private void setEnvironment(String file) throws IOException {
        var environment = ENVIRONMENT.matcher(file);
        if (!environment.find()) {
            throw new IOException("there is no environment in " + EXAMPLE);
        }
        VARIABLE.matcher(environment.group(1)).results().forEach(variable -> {
            var value = variable.group(2) == null ? expanded(variable.group(3)) : variable.group(2);
            shell.set(variable.group(1), replaced.getOrDefault(variable.group(1), value));
        });
    }

    private String expanded(String text) {
        return REFERENCE.matcher(text).replaceAll(reference -> Matcher.quoteReplacement(shell.get(reference.group(1))));
    }

    private int run(String part, StringBuilder log) throws Exception {
        for (var script : SCRIPT.matcher(part).results().toList()) {
            var step = shell.run(SHELL, script.group(1).stripIndent(), Map.of());
            log.append(step.log());
            if (step.exitCode() != 0) {
                return step.exitCode();
            }
        }
        return 0;
    }
}
