package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others who share the machine can neither read what jobs leave, nor put anything in its place. */
class StateDirectoryTest {

    private static final String NAME = "deploytrace-" + System.getProperty("user.name");

    @TempDir
    Path parent;

    private Path open() throws IOException {
        return StateDirectory.open(Map.of("DEPLOYTRACE_STATE_DIR", parent.toString()));
    }

    private void assertRefused() {
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(parent.resolve(NAME) + " must be a directory that its user alone may use. Remove it, or set"
                        + " DEPLOYTRACE_STATE_DIR to another place.");
    }

    @Test
    void open_severalVariables_goesByTheFirst() throws Exception {
        var variables = new HashMap<String, String>();
        for (var name : List.of("TMPDIR", "WORKSPACE_TMP", "RUNNER_TEMP", "DEPLOYTRACE_STATE_DIR")) {
            variables.put(name, parent.resolve(name).toString());

            assertThat(StateDirectory.open(variables))
                    .isEqualTo(parent.resolve(name).resolve(NAME));
        }
        variables.put("DEPLOYTRACE_STATE_DIR", "");
        assertThat(StateDirectory.open(variables))
                .isEqualTo(parent.resolve("RUNNER_TEMP").resolve(NAME));
    }

    @Test
    void open_noVariable_isTheSystemsTemporaryDirectory() throws Exception {
        var before = System.setProperty("java.io.tmpdir", parent.toString());
        try {
            assertThat(StateDirectory.open(Map.of())).isEqualTo(parent.resolve(NAME));
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    void open_directoryThatIsNotThere_isItsOwnersAloneAndFoundAgain() throws Exception {
        var directory = open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(open()).isEqualTo(directory);
    }

    @Test
    void open_symbolicLink_isRefused() throws Exception {
        var elsewhere = Files.createDirectory(
                parent.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(parent.resolve(NAME), elsewhere);

        assertRefused();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void open_directoryThatOthersMayUse_isRefused() throws Exception {
        var directory = open();
        for (var permissions : List.of("rwx-w----", "rwx----w-", "rwxr-x---", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

            assertRefused();
        }
    }

    @Test
    void open_file_isRefused() throws Exception {
        Files.createFile(
                parent.resolve(NAME),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertRefused();
    }

    @Test
    void open_directoryOfAnotherUser_isRefused() throws Exception {
        var directory = open();
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Files.setAttribute(directory, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

        assertRefused();
    }
}
