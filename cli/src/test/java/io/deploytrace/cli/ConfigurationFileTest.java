package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.cli.ConfigurationFile.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("deploytrace.properties");
    }

    private Map<String, Entry> read(String text) throws IOException {
        Files.writeString(path, text);
        return ConfigurationFile.read(path).entries();
    }

    private void assertRefused(String text, String message) throws IOException {
        Files.writeString(path, text);
        assertThatThrownBy(() -> ConfigurationFile.read(path))
                .isInstanceOf(ProgramException.class)
                .hasMessage(path + message);
    }

    @Test
    void entries_haveTheLineWhereTheyBegin() throws IOException {
        assertThat(read("""
                # a comment that ends like this \\
                port = 1

                ! another
                allowed-host : a, \\
                    b
                  host=straße
                """))
                .containsExactly(
                        Map.entry("port", new Entry("1", 2)),
                        Map.entry("allowed-host", new Entry("a, b", 5)),
                        Map.entry("host", new Entry("straße", 7)));
    }

    @Test
    void backslashes_areEscapesAsInProperties() throws IOException {
        assertThat(read("data-dir = a\\\\\\\nb\nhost = c\\\\\nport=\\u0031"))
                .containsExactly(
                        Map.entry("data-dir", new Entry("a\\b", 1)),
                        Map.entry("host", new Entry("c\\", 3)),
                        Map.entry("port", new Entry("1", 4)));
    }

    @Test
    void emptyFile_setsNothing() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n# port = 1")).isEmpty();
    }

    @Test
    void keyThatStandsThereTwice_isRefusedWithBothLines() throws IOException {
        assertRefused("port = 1\n\nport = 1\n", ", line 3: port is set in line 1 already. Leave one of the two out.");
    }

    @Test
    void keyWithoutAValue_isRefused() throws IOException {
        assertRefused("\nport =\n", ", line 2: port has no value. Write port = VALUE, or leave the line out.");
        assertRefused("port\n", ", line 1: port has no value. Write port = VALUE, or leave the line out.");
    }

    @Test
    void brokenEscape_isRefusedWithoutTheValue() throws IOException {
        assertRefused(
                "database-url = secret\\u12",
                ", line 1: \\u isn't followed by four hexadecimal digits; a backslash itself is written twice.");
    }

    @Test
    void fileThatCannotBeRead_isRefusedWithTheReason() throws IOException {
        assertUnreadable("there is no such file");
        Files.write(path, "host = straße".getBytes(StandardCharsets.ISO_8859_1));
        assertUnreadable("it isn't text in UTF-8");
        Files.delete(path);
        Files.createDirectory(path);
        assertUnreadable("Is a directory");
    }

    private void assertUnreadable(String reason) {
        assertThatThrownBy(() -> ConfigurationFile.read(path))
                .isInstanceOf(ProgramException.class)
                .hasMessage("The configuration file " + path + " can't be read: " + reason + ".");
    }
}
