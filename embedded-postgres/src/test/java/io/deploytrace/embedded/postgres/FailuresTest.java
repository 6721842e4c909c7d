package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The words for failures that a test can't provoke everywhere. */
class FailuresTest {

    @Test
    void fullDisk_isNamed() {
        var failure = new FileSystemException("/data/x", null, "No space left on device");

        assertThat(Failures.ofFile("The data directory /data can't be used", failure))
                .hasMessage("The data directory /data can't be used: the disk is full.")
                .hasCause(failure);
    }

    @Test
    void missingPermission_isNamed() {
        assertThat(Failures.ofFile("It can't be used", new AccessDeniedException("/data")))
                .hasMessage("It can't be used: permission to write /data is denied.");
    }

    @Test
    void otherFileFailure_isRepeated() {
        assertThat(Failures.ofFile("It can't be used", new IOException("odd"))).hasMessage("It can't be used: odd.");
    }

    @Test
    void fullDiskOfTheServer_isNamed() {
        assertThat(Failures.ofProgram(
                        "It failed", "FATAL:  could not write to file: No space left on device\n", Path.of("/l")))
                .hasMessage("It failed: the disk is full.\nMore in /l");
    }

    @Test
    void rootWithoutUserNamespaces_isToldWhatToDo() {
        assertThat(Failures.ofProgram("It failed", "unshare: unshare failed: Operation not permitted\n", null))
                .hasMessage("It failed: PostgreSQL doesn't run as root, and this system doesn't let root give up its"
                        + " rights with 'unshare -U'. Run the program as an ordinary user, or use a PostgreSQL server"
                        + " of your own.");
    }

    @Test
    void otherFailureOfTheServer_showsItsLastLines() {
        assertThat(Failures.ofProgram("It failed", "1\n2\n3\n4\n5\n6\n7\n", null))
                .hasMessage("It failed: PostgreSQL says:\n  3\n  4\n  5\n  6\n  7");
    }
}
