package io.deploytrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout with the real launcher, whose Maven does nothing but note that it ran and put {@link LauncherProbe} in place. */
final class TestCheckout {

    private static final Path PROJECT = Path.of("..").toAbsolutePath();

    final Path root;
    final Map<String, String> variables = new HashMap<>(Map.of("PATH", System.getenv("PATH")));

    TestCheckout(Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("a check out"));
        variables.put("HOME", directory.toString());
        copy("deploytrace");
        copy("distribution/launch.sh");
        write("pom.xml", "<project/>");
        write("cli/pom.xml", "<project/>");
        write("cli/src/main/java/A.java", "class A {}");
        write("cli/src/main/java/B.java", "class B {}");
        write(".mvn/maven.config", "");
        maven("cp -R \"$PWD/prepared/.\" cli/target/quick/");
        Files.createDirectories(root.resolve("prepared/lib"));
        createJar(root.resolve("prepared/deploytrace.jar"));
        createJar(root.resolve("prepared/lib/deploytrace-ci-1.jar"));
    }

    private void copy(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.copy(PROJECT.resolve(file), root.resolve(file));
    }

    /** Replaces what Maven does after it noted that it ran. */
    void maven(String command) throws IOException {
        write(
                "mvnw",
                "#!/bin/sh\necho \"$@\" >>builds\nmkdir -p cli/target/quick\necho 'noise of Maven'\n" + command + "\n");
        Files.setPosixFilePermissions(root.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void write(String file, String content) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), content);
    }

    /** How often Maven ran. */
    int builds() throws IOException {
        var file = root.resolve("builds");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /** Where the launcher keeps what it built last. */
    Path built() throws IOException {
        var program = root.resolve("cli/target/program");
        return program.resolve(Files.readString(program.resolve("stamp")).strip());
    }

    private static void createJar(Path file) throws IOException {
        var name = LauncherProbe.class.getName();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
        var entry = name.replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var stream = LauncherProbe.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            stream.transferTo(jar);
        }
    }

    /** Starts the launcher by the path, in the directory. */
    Process start(Path launcher, Path directory, String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    TestProgram.Result run(String... arguments) throws Exception {
        return result(start(root.resolve("deploytrace"), root, arguments));
    }

    static TestProgram.Result result(Process process) throws Exception {
        process.getOutputStream().close();
        var out = read(process.getInputStream());
        var err = read(process.getErrorStream());
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the launcher didn't end");
        }
        return new TestProgram.Result(process.exitValue(), out, err);
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
