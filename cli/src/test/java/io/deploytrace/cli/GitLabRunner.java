package io.deploytrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Runs the scripts of a job as GitLab's runner documents it: what comes before it in the same shell, what comes after in another. */
final class GitLabRunner {

    private static final Path EXAMPLE = Path.of("..", "examples", "gitlab-ci", ".gitlab-ci.yml");

    private final CiShell shell;

    GitLabRunner(CiShell shell) {
        this.shell = shell;
    }

    /** The exit code is that of the job's own script. */
    CiShell.Step runJob(String name) throws Exception {
        Map<String, Map<String, List<String>>> pipeline = new Yaml().load(Files.readString(EXAMPLE));
        var job = pipeline.get(name);
        var script = shell.run(
                List.of("bash", "-eo", "pipefail"),
                Stream.concat(job.get("before_script").stream(), job.get("script").stream())
                        .collect(Collectors.joining("\n")),
                Map.of());
        var after = shell.run(List.of("bash", "-eo", "pipefail"), String.join("\n", job.get("after_script")), Map.of());
        return new CiShell.Step(script.exitCode(), script.log() + after.log());
    }
}
