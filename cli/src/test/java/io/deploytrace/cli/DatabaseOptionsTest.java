package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOptionsTest {

    private static final String UNREACHABLE = "postgres://ann:secret@127.0.0.1:1/traces";
    private static final String REFUSED =
            "deploytrace: The database postgres://ann@127.0.0.1:1/traces can't be reached:"
                    + " Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct and that the postmaster is"
                    + " accepting TCP/IP connections.\n";

    private static TestProgram.Result list(Map<String, String> variables, String... options) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("workspace", "list"));
        arguments.addAll(java.util.List.of(options));
        return TestProgram.create().variables(variables).run(arguments.toArray(String[]::new));
    }

    private static TestProgram.Result failure(int exitCode, String message) {
        return new TestProgram.Result(exitCode, "", message);
    }

    @Test
    void unreachableDatabase_isExitCode3() {
        assertThat(list(Map.of(), "--database-url", UNREACHABLE)).isEqualTo(failure(3, REFUSED));
    }

    @Test
    void unknownHost_isNamed() {
        assertThat(list(Map.of(), "--database-url", "postgres://ann@no.such.host.invalid/traces"))
                .isEqualTo(failure(
                        3,
                        "deploytrace: The database postgres://ann@no.such.host.invalid/traces can't be reached: There is no"
                                + " host named no.such.host.invalid, or its name can't be looked up now.\n"));
    }

    @Test
    void environmentVariable_namesTheDatabase() {
        assertThat(list(Map.of("DEPLOYTRACE_DATABASE_URL", UNREACHABLE))).isEqualTo(failure(3, REFUSED));
    }

    @Test
    void flag_winsOverTheEnvironment() {
        var variables = Map.of("DEPLOYTRACE_DATABASE_URL", "postgres://ann:secret@127.0.0.1:2/other");

        assertThat(list(variables, "--database-url", UNREACHABLE)).isEqualTo(failure(3, REFUSED));
    }

    @Test
    void dataDirectoryFlag_winsOverAnotherDatabaseInTheEnvironment() {
        var result =
                list(Map.of("DEPLOYTRACE_DATABASE_URL", UNREACHABLE), "--data-dir", TestDatabase.DIRECTORY.toString());

        assertThat(result.exitCode()).isZero();
    }

    @Test
    void bothFlags_areWrongUsage() {
        assertThat(list(Map.of(), "--database-url", UNREACHABLE, "--data-dir", "/nowhere"))
                .isEqualTo(failure(
                        2,
                        "deploytrace: --database-url names a database of your own, --data-dir the embedded one."
                                + " Give one of the two.\n"));
    }

    @Test
    void emptyEnvironmentVariable_countsAsNotSet() {
        assertThat(list(Map.of("DEPLOYTRACE_DATABASE_URL", "")))
                .isEqualTo(failure(
                        2,
                        "deploytrace: There is no place for the embedded database: neither HOME nor XDG_DATA_HOME is set."
                                + " Set one, or give --data-dir or --database-url.\n"));
    }

    @Test
    void verbose_showsTheStackTraceAndStillNoPassword() {
        var result = list(Map.of(), "--database-url", UNREACHABLE, "--verbose");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .startsWith(REFUSED)
                .contains("\tat io.deploytrace.cli.")
                .doesNotContain("secret");
    }

    @Test
    void debugVariable_isAsVerbose() {
        assertThat(list(Map.of("DEPLOYTRACE_DEBUG", "1"), "--database-url", UNREACHABLE)
                        .err())
                .contains("\tat io.deploytrace.cli.");
    }

    @Test
    void debugVariable_thatIsZero_isNot() {
        assertThat(list(Map.of("DEPLOYTRACE_DEBUG", "0"), "--database-url", UNREACHABLE)
                        .err())
                .isEqualTo(REFUSED);
    }

    @Test
    void wrongPassword_isExitCode3AndNotRepeated() throws Exception {
        var url = TestDatabase.createEmpty().replaceFirst(":[^:@]*@", ":terrible-guess@");

        var result = list(Map.of(), "--database-url", url);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .endsWith("can't be reached: FATAL: password authentication failed for user \"deploytrace\""
                        + " Check user and password in --database-url (DEPLOYTRACE_DATABASE_URL).\n")
                .doesNotContain("terrible-guess");
    }

    @Test
    void unknownDatabase_isExitCode3() throws Exception {
        var url = TestDatabase.createEmpty().replaceFirst("/[^/]*$", "/nowhere");

        var result = list(Map.of(), "--database-url", url);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .endsWith(
                        "FATAL: database \"nowhere\" does not exist Check the database's name in --database-url, or create it"
                                + " with 'createdb'.\n");
    }

    @Test
    void unmigratedDatabase_isExitCode3AndSaysHowToMigrate() throws Exception {
        var result = list(Map.of(), "--database-url", TestDatabase.createEmpty());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .endsWith(" isn't set up for this version of deploytrace. Run 'deploytrace migrate' on it first.\n");
    }

    @Test
    void wrongUrl_isExitCode2() {
        var result = list(Map.of(), "--database-url", "mysql://ann:secret@h/d");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith(
                        "deploytrace: --database-url (DEPLOYTRACE_DATABASE_URL) isn't the URL of a PostgreSQL database")
                .doesNotContain("secret");
    }

    @Test
    void dataDirectory_thatIsAFile_isExitCode3(@TempDir Path directory) throws Exception {
        var file = Files.createFile(directory.resolve("file"));

        assertThat(list(Map.of(), "--data-dir", file.toString()))
                .isEqualTo(failure(
                        3,
                        "deploytrace: The data directory " + file + " can't be used: " + file
                                + " is a file, not a directory.\n"));
    }

    @Test
    void embeddedDatabase_isMigratedByItself() {
        TestDatabase.server();

        var result = list(Map.of("DEPLOYTRACE_DATA_DIR", TestDatabase.DIRECTORY.toString()));

        assertThat(result.exitCode()).isZero();
    }

    @Test
    void dataDirectory_byDefault_isTheUsersOwn() {
        assertThat(directory(Map.of("HOME", "/home/ann"))).isEqualTo(Path.of("/home/ann/.local/share/deploytrace"));
        assertThat(directory(Map.of("HOME", "/home/ann", "XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/deploytrace"));
        assertThat(directory(Map.of("HOME", "/home/ann", "XDG_DATA_HOME", "relative")))
                .isEqualTo(Path.of("/home/ann/.local/share/deploytrace"));
    }

    private static Path directory(Map<String, String> variables) {
        return new DataDirectoryOption().resolve(TestProgram.environment(variables));
    }
}
