package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a command finds its workspace; shown with the one that needs no more than a trace which isn't there. */
class WorkspaceOptionTest {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void createDatabase() throws Exception {
        variables.put("DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated());
        variables.put("DEPLOYTRACE_TOKEN_SECRET", "k1:0123456789abcdef0123456789abcdef");
    }

    private String create(String name) {
        return TestProgram.create()
                .variables(variables)
                .run("workspace", "create", name)
                .out()
                .strip();
    }

    private void assertFails(int exitCode, String message, String... options) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("token", TRACE, "--job", "j1"));
        arguments.addAll(java.util.List.of(options));

        assertThat(TestProgram.create().variables(variables).run(arguments.toArray(String[]::new)))
                .isEqualTo(new TestProgram.Result(exitCode, "", "deploytrace: " + message + "\n"));
    }

    private static final String FOUND = "There is no trace " + TRACE + " in this workspace.";

    @Test
    void noWorkspace_saysHowToCreateOne() {
        assertFails(1, "There is no workspace yet: create one with 'deploytrace workspace create NAME'.");
    }

    @Test
    void onlyWorkspace_needsNoNaming() {
        create("shop");

        assertFails(1, FOUND);
    }

    @Test
    void severalWorkspaces_areListed() {
        create("shop");
        create("bank");

        assertFails(2, "Which workspace? Give --workspace (DEPLOYTRACE_WORKSPACE). There are: bank, shop.");
    }

    @Test
    void workspace_byNameIdOrVariable_isFound() {
        create("bank");
        var shop = create("shop");

        assertFails(1, FOUND, "--workspace", "shop");
        assertFails(1, FOUND, "--workspace", shop);
        assertFails(1, FOUND, "--workspace", shop.toUpperCase(java.util.Locale.ROOT));
        variables.put("DEPLOYTRACE_WORKSPACE", "shop");
        assertFails(1, FOUND);
        assertFails(1, "There is no workspace 'x'. There are: bank, shop.", "--workspace", "x");
    }
}
