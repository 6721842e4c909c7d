package io.deploytrace.buffer;

import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that appends calls until it is killed, and prints the number of each once it is acknowledged. */
final class SpoolChild {

    /** The exit code when the directory belongs to another. */
    static final int REFUSED = 3;

    private SpoolChild() {}

    public static void main(String[] arguments) {
        var settings = SpoolSettings.in(Path.of(arguments[0])).withSegmentBytes(16_384);
        var files = arguments[2].equals("unsynced") ? new UnsyncedFiles() : SpoolFiles.DISK;
        try (var spool = Spool.open(settings, new SettableClock(Fixtures.START), new SpoolListener() {}, files)) {
            append(spool, Integer.parseInt(arguments[1]));
        } catch (IOException e) {
            System.exit(e.getMessage().contains("is in use by process") ? REFUSED : 1);
        }
    }

    private static void append(Spool spool, int first) throws IOException {
        for (var number = first; ; number++) {
            spool.append(List.of(SpoolCalls.call(number, 1 + number % 7)));
            System.out.println(number);
        }
    }

    static Process start(Path directory, int first, String files) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        SpoolChild.class.getName(),
                        directory.toString(),
                        Integer.toString(first),
                        files)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The last number of which the line is complete. */
    static int lastNumber(String output) {
        var complete = output.substring(0, output.lastIndexOf('\n')).lines().toList();
        return Integer.parseInt(complete.get(complete.size() - 1));
    }
}
