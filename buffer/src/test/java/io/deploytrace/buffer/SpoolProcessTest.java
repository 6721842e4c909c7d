package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.append;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that are killed, or meet in one directory. */
class SpoolProcessTest {

    private final SpoolEvents events = new SpoolEvents();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"disk", "unsynced"})
    void processesThatAreKilled_loseNothingThatWasAcknowledged(String files) throws Exception {
        var first = 0;
        for (var round = 0; round < 3; round++) {
            var acknowledged = appendUntilKilled(first, 60 + 40 * round, files);
            try (var spool = open()) {
                assertThat(held(spool))
                        .containsAll(
                                IntStream.rangeClosed(0, acknowledged).boxed().toList())
                        .isSorted()
                        .doesNotHaveDuplicates();
                first = acknowledged + 2;
                append(spool, acknowledged + 1, held(spool).contains(acknowledged + 1) ? 0 : 1);
            }
        }
        assertThat(events.lines()).allMatch(line -> line.startsWith("torn "));
    }

    @Test
    void directoryOfAnotherProcess_isRefusedWithItsName() throws Exception {
        var child = SpoolChild.start(directory, 0, "disk");
        try {
            assertThat(child.getInputStream().read()).isNotNegative();
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The spool directory " + directory.toRealPath() + " is in use by process " + child.pid()
                            + " (since " + Fixtures.START + "). Give each spool a directory of its own.");
        } finally {
            child.destroyForcibly().waitFor();
        }
        open().close();
    }

    @Test
    void directoryOfThisProcess_isRefusedToAllOthersEvenAfterASecondAttempt() throws Exception {
        try (var spool = open()) {
            assertThatThrownBy(this::open)
                    .hasMessage("The spool directory " + directory.toRealPath()
                            + " is in use by this very process, process "
                            + ProcessHandle.current().pid() + " (since " + Fixtures.START
                            + "). Give each spool a directory of its own.");
            var child = SpoolChild.start(directory, 0, "disk");
            assertThat(child.getInputStream().readAllBytes()).isEmpty();
            assertThat(child.waitFor()).isEqualTo(SpoolChild.REFUSED);
            append(spool, 0, 1);
        }
        try (var spool = open()) {
            assertThat(held(spool)).containsExactly(0);
        }
    }

    /** The last call that a process acknowledged before it was killed in the midst of its work. */
    private int appendUntilKilled(int first, int lines, String files) throws Exception {
        var child = SpoolChild.start(directory, first, files);
        var output = new StringBuilder();
        try (var reader = child.inputReader(StandardCharsets.UTF_8)) {
            for (var seen = 0; seen < lines; seen++) {
                output.append(reader.readLine()).append('\n');
            }
            child.toHandle().destroyForcibly();
            for (var next = reader.read(); next >= 0; next = reader.read()) {
                output.append((char) next);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return SpoolChild.lastNumber(output.toString());
    }

    private Spool open() throws IOException {
        return Spool.open(SpoolSettings.in(directory), new SettableClock(Fixtures.START), events);
    }
}
