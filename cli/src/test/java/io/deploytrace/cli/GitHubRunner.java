package io.deploytrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** Runs the steps of a workflow as GitHub's runner documents it, as far as the examples need it. */
final class GitHubRunner {

    private static final Path EXAMPLES = Path.of("..", "examples", "github-actions");
    private static final List<String> DEFAULT_SHELL = List.of("bash", "-e");
    private static final List<String> NAMED_SHELL = List.of("bash", "--noprofile", "--norc", "-eo", "pipefail");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ ([a-zA-Z_.]+) }}");
    private static final Pattern MASK = Pattern.compile("^::add-mask::(.*)\\R", Pattern.MULTILINE);

    private final CiShell shell;
    private final Map<String, String> contexts = new HashMap<>();
    private final StringBuilder log = new StringBuilder();
    private final Map<String, String> masks = new LinkedHashMap<>();
    private boolean failed;

    /** @param contexts what expressions know, such as {@code vars.NAME} */
    GitHubRunner(CiShell shell, Map<String, String> contexts) {
        this.shell = shell;
        this.contexts.putAll(contexts);
    }

    boolean failed() {
        return failed;
    }

    /** What people see, with what is masked. */
    String log() {
        return log.toString();
    }

    void runWorkflow() throws Exception {
        var workflow = load("deploy.yml");
        for (var step : steps(map(map(workflow.get("jobs")).get("deploy")))) {
            var always = "always()".equals(step.get("if"));
            if (!failed || always) {
                run(step);
            }
        }
    }

    private void run(Map<String, Object> step) throws Exception {
        var action = step.getOrDefault("uses", "").toString();
        if (action.isEmpty()) {
            runScript(step, DEFAULT_SHELL);
        } else if (action.equals("./.github/actions/deploytrace")) {
            runAction(evaluated(map(step.get("with"))));
        }
    }

    private void runAction(Map<String, String> given) throws Exception {
        say(given);
        var action = load("action.yml");
        for (var input : map(action.get("inputs")).entrySet()) {
            var byDefault = map(input.getValue()).getOrDefault("default", "").toString();
            contexts.put("inputs." + input.getKey(), given.getOrDefault(input.getKey(), byDefault));
        }
        for (var step : steps(map(action.get("runs")))) {
            var wanted = !"inputs.run != ''".equals(step.get("if"))
                    || !contexts.get("inputs.run").isEmpty();
            if (wanted && !failed) {
                runScript(step, NAMED_SHELL);
            }
        }
    }

    private void runScript(Map<String, Object> step, List<String> command) throws Exception {
        var own = evaluated(map(step.getOrDefault("env", Map.of())));
        say(own);
        var files = new HashMap<>(own);
        for (var name : List.of("GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT")) {
            var file = shell.resolve(name);
            Files.writeString(file, "");
            files.put(name, file.toString());
        }
        var result = shell.run(command, evaluated(step.get("run").toString()), files);
        print(result.log());
        failed |= result.exitCode() != 0;
        pairs("GITHUB_ENV").forEach(shell::set);
        pairs("GITHUB_OUTPUT")
                .forEach((name, value) -> contexts.put("steps." + step.get("id") + ".outputs." + name, value));
        Files.readAllLines(shell.resolve("GITHUB_PATH")).forEach(path -> shell.prepend("PATH", path));
    }

    private Map<String, String> pairs(String file) throws IOException {
        var pairs = new HashMap<String, String>();
        for (var line : Files.readAllLines(shell.resolve(file))) {
            var equals = line.indexOf('=');
            pairs.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return pairs;
    }

    /** The log begins with what the step is given. */
    private void say(Map<String, String> given) {
        print(given + "\n");
    }

    private void print(String text) {
        MASK.matcher(text).results().forEach(mask -> masks.put(mask.group(1), "***"));
        var shown = MASK.matcher(text).replaceAll("");
        for (var mask : masks.entrySet()) {
            shown = shown.replace(mask.getKey(), mask.getValue());
        }
        log.append(shown);
    }

    private Map<String, String> evaluated(Map<String, Object> values) {
        var all = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> all.put(name, evaluated(value.toString())));
        return all;
    }

    private String evaluated(String text) {
        return EXPRESSION.matcher(text).replaceAll(expression -> {
            var value = contexts.get(expression.group(1));
            if (value == null) {
                throw new AssertionError("nothing is known of " + expression.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static Map<String, Object> load(String file) throws IOException {
        return map(new Yaml().load(Files.readString(EXAMPLES.resolve(file))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Map<String, Object> job) {
        return (List<Map<String, Object>>) job.get("steps");
    }
}
