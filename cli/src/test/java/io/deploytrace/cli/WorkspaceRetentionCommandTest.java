package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkspaceRetentionCommandTest {

    private TestProgram program;
    private String id;

    @BeforeEach
    void createWorkspace() throws Exception {
        program = TestProgram.create().variables(Map.of("DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated()));
        id = program.run("workspace", "create", "shop").out().strip();
    }

    private String retention(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "workspace";
        all[1] = "retention";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var result = program.run(all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void setting_isSetShownAndRemoved() {
        assertThat(retention("shop")).isEqualTo("Traces of workspace shop are kept for ever.\n");
        assertThat(retention("shop", "90d")).isEqualTo("Traces of workspace shop are kept for 90 d.\n");
        assertThat(retention(id)).isEqualTo("Traces of workspace shop are kept for 90 d.\n");
        assertThat(program.run("workspace", "list").out()).isEqualTo(id + "  shop  (kept for 90 d)\n");
        assertThat(retention("shop", "off")).isEqualTo("Traces of workspace shop are kept for ever.\n");
        assertThat(program.run("workspace", "list").out()).isEqualTo(id + "  shop\n");
    }

    @Test
    void json_hasIdNameAndRetention() {
        assertThat(retention("shop", "12h", "--json"))
                .isEqualTo("{\n  \"id\": \"" + id + "\",\n  \"name\": \"shop\",\n  \"retention\": \"PT12H\"\n}\n");
        assertThat(program.run("workspace", "list", "--json").out()).contains("\"retention\": \"PT12H\"");
        assertThat(retention("shop", "off", "--json")).contains("\"retention\": null");
    }

    @Test
    void wrongDuration_isWrongUsage() {
        var nonsense = program.run("workspace", "retention", "shop", "soon");
        assertThat(nonsense.exitCode()).isEqualTo(2);
        assertThat(nonsense.err()).contains("'soon' is not a duration", "or 'off'");
        assertThat(program.run("workspace", "retention", "shop", "40000d").exitCode())
                .isEqualTo(2);
        assertThat(program.run("workspace", "retention", "nowhere", "1d").exitCode())
                .isEqualTo(1);
    }
}
