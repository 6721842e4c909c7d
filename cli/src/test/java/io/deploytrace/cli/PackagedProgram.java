package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The archive of the program that jobs install. Its jars hold nothing: they name the classes of these sources. */
final class PackagedProgram {

    private static final Path BUILD = Path.of("..", "distribution", "build").toAbsolutePath();

    private PackagedProgram() {}

    /**
     * Makes the archive in the directory, and returns it. It lacks the lists of classes: without them the program makes no caches, which it would do in the
     * background, perhaps until after a test.
     */
    static Path pack(Path directory) throws Exception {
        createJar(directory.resolve("made/deploytrace.jar"), Main.class);
        createJar(directory.resolve("made/lib/deploytrace-ci-1.jar"), io.deploytrace.ci.Main.class);
        var archive = run(List.of(BUILD.toString(), "made", "dist", "plain"), directory);
        unpack(Path.of(archive), directory.resolve("whole/deploytrace"));
        run(List.of("rm", "-r", "whole/deploytrace/classes"), directory);
        run(List.of("tar", "-czf", "deploytrace.tar.gz", "-C", "whole", "deploytrace"), directory);
        return directory.resolve("deploytrace.tar.gz");
    }

    private static String run(List<String> command, Path directory) throws Exception {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var result = TestCheckout.result(builder.start());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    private static void createJar(Path file, Class<?> main) throws IOException {
        Files.createDirectories(file.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, urls());
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    private static String urls() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(ProgramCommand.classPath())
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    /** Writes a script that can be run. */
    static void write(Path script, String commands) throws IOException {
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Unpacks it as a job does. */
    static void unpack(Path archive, Path directory) throws Exception {
        Files.createDirectories(directory);
        run(List.of("tar", "-xzf", archive.toString(), "--strip-components=1"), directory);
    }
}
