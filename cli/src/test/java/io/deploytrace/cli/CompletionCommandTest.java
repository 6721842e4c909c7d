package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real shells offer where a person presses Tab. */
class CompletionCommandTest {

    private static final List<String> OF_WORKSPACE = List.of("create", "delete", "list", "retention");
    private static final List<String> OPTIONS_OF_WORKSPACE_LIST =
            List.of("--data-dir", "--database-url", "--help", "--json", "--verbose");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void firstWord_isACommand(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace ")).contains("list", "workspace", "completion", "help");
        assertThat(shell.complete(directory, "deploytrace wor")).containsExactly("workspace");
    }

    @ParameterizedTest
    @EnumSource
    void program_calledByItsPath_isCompletedToo(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "./deploytrace wor")).containsExactly("workspace");
    }

    @ParameterizedTest
    @EnumSource
    void commandsBelowACommand_areItsOwn(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace workspace ")).hasSameElementsAs(OF_WORKSPACE);
        assertThat(shell.complete(directory, "deploytrace --verbose workspace "))
                .hasSameElementsAs(OF_WORKSPACE);
    }

    @ParameterizedTest
    @EnumSource
    void optionsBelowACommand_areItsOwn(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace workspace list --"))
                .hasSameElementsAs(OPTIONS_OF_WORKSPACE_LIST);
    }

    @ParameterizedTest
    @EnumSource
    void valueOfAnOption_isNotTakenForACommand(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace list --target workspace --no"))
                .containsExactly("--node-type");
    }

    @ParameterizedTest
    @EnumSource
    void optionOfAFewWords_offersThem(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace list --outcome b")).containsExactly("blocked");
        assertThat(shell.complete(directory, "deploytrace key create --role "))
                .hasSameElementsAs(List.of("read", "write", "admin"));
        assertThat(shell.complete(directory, "deploytrace serve --log-format "))
                .hasSameElementsAs(List.of("text", "json"));
        assertThat(shell.complete(directory, "deploytrace completion "))
                .hasSameElementsAs(List.of("bash", "zsh", "fish"));
    }

    @ParameterizedTest
    @EnumSource
    void optionOfAFile_offersFiles(CompletingShell shell) throws Exception {
        Files.createFile(directory.resolve("settings.properties"));

        assertThat(shell.complete(directory, "deploytrace serve --config sett")).containsExactly("settings.properties");
    }

    @ParameterizedTest
    @EnumSource
    void commandOfAnotherProgram_offersFiles(CompletingShell shell) throws Exception {
        Files.createFile(directory.resolve("deploy.sh"));

        assertThat(shell.complete(directory, "deploytrace list -- depl")).contains("deploy.sh");
    }

    @ParameterizedTest
    @EnumSource
    void wordOfHelp_isACommandAndNoOption(CompletingShell shell) throws Exception {
        assertThat(shell.complete(directory, "deploytrace help wor")).containsExactly("workspace");
        assertThat(shell.complete(directory, "deploytrace help workspace ")).hasSameElementsAs(OF_WORKSPACE);
        assertThat(shell.complete(directory, "deploytrace help list --j")).isEmpty();
    }

    @Test
    void unknownShell_isWrongUsage() {
        var result = TestProgram.create().run("completion", "tcsh");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("[bash, zsh, fish]", "'tcsh'");
    }

    @Test
    void script_isForTheProgramAsItIsInstalled() {
        var result = TestProgram.create().called("/opt/x/deploytrace").run("completion", "fish");

        assertThat(result.out()).contains("complete -c deploytrace ").doesNotContain("/opt/x");
    }
}
