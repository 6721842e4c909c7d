package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a job run at once, and are killed; neither costs what others recorded. */
@Timeout(180)
class StateFileProcessesTest {

    @TempDir
    Path directory;

    private final StringWriter warnings = new StringWriter();

    private List<String> recorded() throws IOException {
        var file = new StateFile(directory, "job", new Warnings(new PrintWriter(warnings)));
        return file.update(UnaryOperator.identity()).unsent().stream()
                .map(UnsentSpan::id)
                .toList();
    }

    @Test
    void update_eightProcessesAtOnce_losesNothing() throws Exception {
        var processes = new ArrayList<Process>();
        for (var name = 0; name < 8; name++) {
            processes.add(StateProcess.start(directory, "p" + name, 25));
        }
        for (var process : processes) {
            process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
        }
        var expected = IntStream.range(0, 200)
                .mapToObj(i -> "p" + i / 25 + "-" + i % 25)
                .toList();
        assertThat(recorded()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(warnings.toString()).isEmpty();
    }

    @Test
    void update_processThatIsKilledAtAnyPoint_leavesAllItSaidIsWritten() throws Exception {
        var written = new ArrayList<String>();
        for (var round = 0; round < 10; round++) {
            var process = StateProcess.start(directory, "r" + round, 100_000);
            written.addAll(killedAfter(process, 1 + round * 7));

            assertThat(recorded()).as("after round %s", round).containsAll(written);
        }
        assertThat(warnings.toString()).isEmpty();
    }

    /** The lines that it printed before and while it was killed. */
    private static List<String> killedAfter(Process process, int lines) throws Exception {
        try (BufferedReader output = process.inputReader()) {
            var read = new ArrayList<String>();
            while (read.size() < lines) {
                read.add(output.readLine());
            }
            process.toHandle().destroyForcibly();
            output.lines().forEach(read::add);
            process.waitFor();
            return read;
        }
    }
}
