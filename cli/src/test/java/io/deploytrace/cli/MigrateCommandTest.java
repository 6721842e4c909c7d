package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrateCommandTest {

    private final TestProgram program = TestProgram.create();

    @Test
    void migrate_emptyDatabase_appliesEachMigrationOnce() throws Exception {
        var url = TestDatabase.createEmpty();

        var check = program.run("migrate", "--check", "--database-url", url);
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out().lines()).isNotEmpty().allMatch(line -> line.matches("Pending: \\d+ .+"));

        var first = program.run("migrate", "--database-url", url);
        assertThat(first).isEqualTo(new TestProgram.Result(0, check.out().replace("Pending: ", "Applied: "), ""));

        var upToDate = new TestProgram.Result(0, "The schema is up to date.\n", "");
        assertThat(program.run("migrate", "--database-url", url)).isEqualTo(upToDate);
        assertThat(program.run("migrate", "--check", "--database-url", url)).isEqualTo(upToDate);
    }

    @Test
    void migrate_json_listsWhatWasDone() throws Exception {
        var url = TestDatabase.createMigrated();

        assertThat(program.run("migrate", "--json", "--database-url", url).out())
                .isEqualTo("{\n  \"applied\": []\n}\n");
        assertThat(program.run("migrate", "--check", "--json", "--database-url", url)
                        .out())
                .isEqualTo("{\n  \"pending\": []\n}\n");
    }

    @Test
    void reindex_withoutWorkspaces_rebuildsNothing() throws Exception {
        assertThat(program.run("reindex", "--all", "--database-url", TestDatabase.createMigrated()))
                .isEqualTo(new TestProgram.Result(0, "Rebuilt 0 summaries.\n", ""));
    }
}
