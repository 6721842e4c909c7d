package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.ServerLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the manifest starts and asks is what the program has and answers. */
class KubernetesTest {

    @TempDir
    Path directory;

    /** The value at a path into the only object of a kind; names lead into maps, numbers into lists. */
    private static <T> T at(Class<T> type, String kind, Object... path) {
        var found = StreamSupport.stream(
                        new Yaml().loadAll(Deployment.file("kubernetes.yaml")).spliterator(), false)
                .filter(object -> ((Map<?, ?>) object).get("kind").equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        var value = found.get(0);
        for (var step : path) {
            value = step instanceof Integer index ? ((List<?>) value).get(index) : ((Map<?, ?>) value).get(step);
            assertThat(value).as("%s %s", kind, List.of(path)).isNotNull();
        }
        return type.cast(value);
    }

    private static <T> T container(Class<T> type, String kind, Object... path) {
        return at(
                type,
                kind,
                Stream.concat(Stream.of("spec", "template", "spec", "containers", 0), Stream.of(path))
                        .toArray());
    }

    /** The texts in a list of the container. */
    private static List<String> texts(String kind, Object... path) {
        var texts = new ArrayList<String>();
        for (var text : container(List.class, kind, path)) {
            texts.add((String) text);
        }
        return texts;
    }

    /** The variables, those from a Secret with these values. */
    private static Map<String, String> variables(String kind, Map<String, String> secrets) {
        var variables = new HashMap<String, String>();
        for (var item : container(List.class, kind, "env")) {
            var variable = (Map<?, ?>) item;
            var name = (String) variable.get("name");
            variables.put(name, secrets.getOrDefault(name, String.valueOf(variable.get("value"))));
        }
        return variables;
    }

    @Test
    void server_asTheManifestStartsIt_answersItsProbes() throws Exception {
        var secret = directory.resolve("secret");
        Files.writeString(secret, RunningServer.TOKEN_SECRET);
        var variables = variables(
                "Deployment",
                Map.of(
                        "DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated(),
                        "DEPLOYTRACE_TOKEN_SECRET_FILE", secret.toString()));
        Deployment.assertReads("serve", variables.keySet());
        var arguments = texts("Deployment", "args");
        assertThat(arguments).containsExactly("serve");

        try (var server = ServeProcess.start(directory, variables)) {
            for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                String path = container(String.class, "Deployment", probe, "httpGet", "path");
                assertThat(Deployment.status(server.url().replace("0.0.0.0", "127.0.0.1") + path))
                        .as(probe)
                        .isEqualTo(200);
            }
            String metrics =
                    at(String.class, "Deployment", "spec", "template", "metadata", "annotations", "prometheus.io/path");
            assertThat(Deployment.status(server.url().replace("0.0.0.0", "127.0.0.1") + metrics))
                    .isEqualTo(200);
        }
    }

    @Test
    void migration_asTheManifestStartsIt_migrates() throws Exception {
        var variables = variables("Job", Map.of("DEPLOYTRACE_DATABASE_URL", TestDatabase.createEmpty()));
        var arguments = texts("Job", "args");

        var result = TestProgram.create().variables(variables).run(arguments.toArray(String[]::new));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Applied: 1 ");
    }

    @Test
    void firstKey_asTheHeadSays_isMadeWhereThereIsNoWorkspaceYet() throws Exception {
        var head = Deployment.file("kubernetes.yaml").replace("\n# ", " ");
        var command = head.replaceFirst("(?s).*'deploytrace (key create [^']*)'.*", "$1");

        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated()))
                .run(command.split(" "));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("dt_");
    }

    @Test
    void serverAndMigration_areOfOneVersion() {
        String image = container(String.class, "Deployment", "image");
        assertThat(container(String.class, "Job", "image")).isEqualTo(image);
        var version = image.substring(image.lastIndexOf(':') + 1);
        assertThat(System.getProperty("project.version")).startsWith(version);
        assertThat(at(String.class, "Job", "metadata", "name")).endsWith("-" + version.replace('.', '-'));
    }

    @Test
    void ports_allMeanTheServersOwn() {
        int port = container(Integer.class, "Deployment", "ports", 0, "containerPort");
        assertThat(Deployment.file("Dockerfile")).contains("\nEXPOSE " + port + "\n");
        assertThat(at(Integer.class, "Service", "spec", "ports", 0, "port")).isEqualTo(port);
        assertThat(at(String.class, "Deployment", "spec", "template", "metadata", "annotations", "prometheus.io/port"))
                .isEqualTo(Integer.toString(port));
        String name = container(String.class, "Deployment", "ports", 0, "name");
        assertThat(at(String.class, "Service", "spec", "ports", 0, "targetPort"))
                .isEqualTo(name);
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container(String.class, "Deployment", probe, "httpGet", "port"))
                    .isEqualTo(name);
        }
    }

    @Test
    void selectors_findTheServersAlone() {
        Object labels = at(Map.class, "Deployment", "spec", "template", "metadata", "labels");
        assertThat((Object) at(Map.class, "Deployment", "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat((Object) at(Map.class, "Service", "spec", "selector")).isEqualTo(labels);
        assertThat((Object) at(Map.class, "PodDisruptionBudget", "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat((Object) at(Map.class, "Job", "spec", "template", "metadata", "labels"))
                .isNotEqualTo(labels);
    }

    @Test
    void stop_hasMoreTimeThanTheServerTakes() {
        int grace = at(Integer.class, "Deployment", "spec", "template", "spec", "terminationGracePeriodSeconds");
        var before = texts("Deployment", "lifecycle", "preStop", "exec", "command");
        assertThat(before.get(0)).isEqualTo("sleep");
        assertThat((long) grace)
                .isGreaterThan(Long.parseLong(before.get(1))
                        + ServerLimits.DEFAULTS.shutdownTimeout().toSeconds()
                        + 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "Job"})
    void pod_hasNoPrivileges(String kind) {
        assertThat(at(Boolean.class, kind, "spec", "template", "spec", "securityContext", "runAsNonRoot"))
                .isTrue();
        assertThat(container(Boolean.class, kind, "securityContext", "readOnlyRootFilesystem"))
                .isTrue();
        assertThat(container(Boolean.class, kind, "securityContext", "allowPrivilegeEscalation"))
                .isFalse();
        assertThat(texts(kind, "securityContext", "capabilities", "drop")).containsExactly("ALL");
        int user = at(Integer.class, kind, "spec", "template", "spec", "securityContext", "runAsUser");
        assertThat(Deployment.file("Dockerfile")).contains("\nUSER " + user + ":" + user + "\n");
    }
}
