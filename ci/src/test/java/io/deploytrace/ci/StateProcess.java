package io.deploytrace.ci;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A process that records steps in a state file, and prints the id of each when it is written. */
final class StateProcess {

    private StateProcess() {}

    /** Takes the directory, the name of the process, and how many steps. */
    public static void main(String[] args) throws IOException {
        var file = new StateFile(
                Path.of(args[0]), "job", new Warnings(new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
        for (var i = 0; i < Integer.parseInt(args[2]); i++) {
            var id = args[1] + "-" + i;
            file.update(step(id));
            System.out.println(id);
        }
    }

    static UnaryOperator<JobState> step(String id) {
        var time = Instant.parse("2026-01-02T03:04:05Z");
        var span = new JobSpan(id, null, "step", time, 0, false, null, Map.of(), List.of());
        return state -> state.ended(span, new Ending(time, false, null, Map.of()));
    }

    static Process start(Path directory, String name, int steps) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StateProcess.class.getName(),
                        directory.toString(),
                        name,
                        String.valueOf(steps))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
