package io.deploytrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs the program in a process of its own. Tests start many, each for a moment: what they run is compiled by the
 * quick compiler alone, and collected by one thread, as by the launcher.
 */
final class ProgramCommand {

    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");

    private ProgramCommand() {}

    /** The one of these sources, with options of Java; to be followed by its arguments. */
    static List<String> of(String... options) {
        var command = java(options);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        return command;
    }

    /** The one that runs the commands of CI jobs without the rest. */
    static List<String> ofCi(String... options) {
        var command = java(options);
        command.addAll(List.of("-cp", classPath(), io.deploytrace.ci.Main.class.getName()));
        return command;
    }

    /** The one of another build. */
    static List<String> ofJar(Path jar, String... options) {
        var command = java(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> java(String... options) {
        var command = new ArrayList<>(JAVA);
        command.addAll(List.of(options));
        return command;
    }

    /** Where the classes of these sources and of all that they use are. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
