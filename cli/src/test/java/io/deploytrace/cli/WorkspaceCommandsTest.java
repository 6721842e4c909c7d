package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceCommandsTest {

    private TestProgram program;

    @BeforeEach
    void createDatabase() throws Exception {
        program = TestProgram.create().variables(Map.of("DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated()));
    }

    private String create(String name) {
        return program.run("workspace", "create", name).out().strip();
    }

    private static TestProgram.Result done(String out) {
        return new TestProgram.Result(0, out, "");
    }

    private static TestProgram.Result failed(int exitCode, String err) {
        return new TestProgram.Result(exitCode, "", err);
    }

    @Test
    void create_printsTheIdAlone() {
        var result = program.run("workspace", "create", "shop");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n");
        assertThat(program.run("workspace", "list")).isEqualTo(done(result.out().strip() + "  shop\n"));
    }

    @Test
    void create_json_hasIdAndName() {
        var json = program.run("workspace", "create", "shop", "--json").out();

        assertThat(json).matches("\\{\n  \"id\": \"[0-9a-f-]{36}\",\n  \"name\": \"shop\"\n}\n");
    }

    @Test
    void create_takenName_isWrongUsage() {
        create("shop");

        assertThat(program.run("workspace", "create", "shop"))
                .isEqualTo(
                        failed(2, "deploytrace: There is a workspace named \"shop\" already. Choose another name.\n"));
    }

    @Test
    void create_withoutName_isWrongUsage() {
        assertThat(program.run("workspace", "create")).isEqualTo(failed(2, """
                        deploytrace workspace create: Missing required parameter: 'NAME'
                        Try 'deploytrace workspace create --help'.
                        """));
    }

    @Test
    void list_empty_saysHowToCreateOne() {
        assertThat(program.run("workspace", "list"))
                .isEqualTo(
                        failed(0, "There is no workspace yet: create one with 'deploytrace workspace create NAME'.\n"));
    }

    @Test
    void hints_nameTheProgramAsItWasCalled() {
        var called = program.called("'/opt/deploy trace/deploytrace'");

        assertThat(called.run("workspace", "list").err())
                .isEqualTo("There is no workspace yet: create one with"
                        + " ''/opt/deploy trace/deploytrace' workspace create NAME'.\n");
        assertThat(program.called("./deploytrace").run("workspace", "create")).isEqualTo(failed(2, """
                        deploytrace workspace create: Missing required parameter: 'NAME'
                        Try './deploytrace workspace create --help'.
                        """));
    }

    @Test
    void list_json_hasAll() {
        var shop = create("shop");
        var bank = create("bank");

        assertThat(program.run("workspace", "list", "--json")).isEqualTo(done("""
                        {
                          "workspaces": [
                            {
                              "id": "%s",
                              "name": "bank",
                              "retention": null
                            },
                            {
                              "id": "%s",
                              "name": "shop",
                              "retention": null
                            }
                          ]
                        }
                        """.formatted(bank, shop)));
    }

    @Test
    void delete_byName_deletes() {
        create("shop");

        assertThat(program.run("workspace", "delete", "shop", "--yes"))
                .isEqualTo(done("Deleted workspace shop and 0 spans.\n"));
        assertThat(program.run("workspace", "list").out()).isEmpty();
    }

    @Test
    void delete_byId_deletesThatOneAlone() {
        var bank = create("bank");
        var shop = create("shop");

        program.run("workspace", "delete", shop, "--yes");

        assertThat(program.run("workspace", "list").out()).isEqualTo(bank + "  bank\n");
    }

    @Test
    void delete_unknown_isNotFound() {
        create("shop");

        assertThat(program.run("workspace", "delete", "shopp", "--yes"))
                .isEqualTo(failed(1, "deploytrace: There is no workspace 'shopp'. There are: shop.\n"));
    }

    @Test
    void delete_withoutTerminalAndYes_isRefused() {
        create("shop");

        assertThat(program.run("workspace", "delete", "shop"))
                .isEqualTo(
                        failed(2, "deploytrace: Deleting a workspace can't be undone: give --yes if you mean it.\n"));
        assertThat(program.run("workspace", "list").out()).endsWith("  shop\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "yes\n", " Y \n"})
    void delete_confirmed_deletes(String answer) {
        create("shop");

        assertThat(onTerminal(answer).run("workspace", "delete", "shop"))
                .isEqualTo(new TestProgram.Result(
                        0,
                        "Deleted workspace shop and 0 spans.\n",
                        "Delete workspace shop and all traces in it? [y/N] \r\u001b[K"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", "", "yeah\n"})
    void delete_notConfirmed_deletesNothing(String answer) {
        create("shop");

        assertThat(onTerminal(answer).run("workspace", "delete", "shop"))
                .isEqualTo(new TestProgram.Result(
                        0, "", "Delete workspace shop and all traces in it? [y/N] Nothing was deleted.\n"));
        assertThat(program.run("workspace", "list").out()).endsWith("  shop\n");
    }

    @Test
    void delete_onTerminal_showsProgress() throws Exception {
        var url = TestDatabase.createMigrated();
        program = program.variables(Map.of("DEPLOYTRACE_DATABASE_URL", url));
        var store = PostgresSpanStore.builder(DatabaseAddress.parse(url, null).dataSource())
                .build();
        DemoWorkflow.record(create("shop"), store, Instant.now());

        var result = onTerminal("").run("workspace", "delete", "shop", "--yes");

        assertThat(result)
                .isEqualTo(new TestProgram.Result(
                        0,
                        "Deleted workspace shop and 12 spans.\n",
                        "\r" + "━".repeat(30) + " 12 of 12 spans deleted\u001b[K\r\u001b[K"));
    }

    private TestProgram onTerminal(String answer) {
        return program.terminal(new Terminal(true, true, true, false, 80)).input(answer);
    }
}
