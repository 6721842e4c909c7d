package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import io.deploytrace.store.postgres.PostgresApiKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String KEY_LINE = "dt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}\n";

    private String url;
    private TestProgram program;
    private PostgresApiKeys keys;

    @BeforeEach
    void createDatabase() throws Exception {
        url = TestDatabase.createMigrated();
        program = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", url))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
        keys = new PostgresApiKeys(DatabaseAddress.parse(url, null).dataSource(), InstantSource.fixed(NOW));
    }

    private TestProgram.Result createKey(String... options) {
        var arguments = new String[options.length + 2];
        arguments[0] = "key";
        arguments[1] = "create";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return program.run(arguments);
    }

    private ApiKey authenticated(String out) {
        return keys.authenticate(out.strip(), Deadlines.answer()).orElseThrow();
    }

    private static TestProgram.Result failed(int exitCode, String err) {
        return new TestProgram.Result(exitCode, "", "deploytrace: " + err + "\n");
    }

    @Test
    void create_inTheOnlyWorkspace_printsAKeyThatIsGood() {
        var shop = program.run("workspace", "create", "shop").out().strip();

        var result = createKey("--role", "write", "--label", "CI", "--expires", "90d");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches(KEY_LINE);
        var key = authenticated(result.out());
        assertThat(key.role()).isEqualTo(Role.WRITE);
        assertThat(key.workspaceId()).hasToString(shop);
        assertThat(key.label()).isEqualTo("CI");
        assertThat(key.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(result.err())
                .isEqualTo("This is the only time that the key is shown. Its role is write, for workspace shop, until"
                        + " Sat 2027-02-20 10:00:00 UTC. To end it: 'deploytrace key revoke " + key.prefix() + "'.\n");
    }

    @Test
    void create_json_hasIdAndKey() {
        var result = createKey("--role", "admin", "--all-workspaces", "--json");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).matches("""
                \\{
                  "id": "[0-9a-f-]{36}",
                  "key": "dt_[a-z0-9]{8}_[\\w-]{43}",
                  "prefix": "dt_[a-z0-9]{8}",
                  "role": "admin",
                  "workspaceId": null,
                  "label": null,
                  "state": "live",
                  "createdAt": "2026-11-22T10:00:00.000000000Z",
                  "expiresAt": null,
                  "lastUsedAt": null,
                  "revokedAt": null
                }
                """);
    }

    @Test
    void create_severalWorkspaces_asksWhichOrAll() {
        program.run("workspace", "create", "shop");
        program.run("workspace", "create", "bank");

        assertThat(createKey("--role", "admin"))
                .isEqualTo(failed(
                        2,
                        "Which workspace? Give --workspace (DEPLOYTRACE_WORKSPACE). There are: bank, shop. For all of"
                                + " them, give --all-workspaces."));
        assertThat(createKey("--role", "admin", "--workspace", "shopp"))
                .isEqualTo(failed(1, "There is no workspace 'shopp'. There are: bank, shop."));
        assertThat(createKey("--role", "read", "--workspace", "bank").err())
                .contains("role is read, for workspace bank.");
        var all = createKey("--role", "admin", "--all-workspaces");
        assertThat(all.err()).contains("role is admin, for all workspaces.");
        assertThat(authenticated(all.out()).workspaceId()).isNull();
    }

    @Test
    void create_withoutAnyWorkspace_saysHowToCreateOneOrAKeyForAll() {
        assertThat(createKey("--role", "admin"))
                .isEqualTo(failed(
                        1,
                        "There is no workspace yet: create one with 'deploytrace workspace create NAME'. For all of"
                                + " them, give --all-workspaces."));
        assertThat(createKey("--role", "admin", "--all-workspaces").out()).matches(KEY_LINE);
    }

    @Test
    void create_oneWorkspaceAndAll_isWrongUsageButForTheVariable() {
        program = program.variables(Map.of("DEPLOYTRACE_DATABASE_URL", url, "DEPLOYTRACE_WORKSPACE", "x"));

        assertThat(createKey("--role", "read", "--all-workspaces", "--workspace", "x"))
                .isEqualTo(
                        failed(2, "--workspace names one workspace, --all-workspaces means all. Give one of the two."));
        assertThat(createKey("--role", "read", "--all-workspaces").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--role|root|deploytrace key create: Invalid value for option '--role': 'root' is none of read, write, admin",
                "--role|READ|deploytrace key create: Invalid value for option '--role': 'READ' is none of read, write, admin",
                "--expires|0d|'0d' is not a duration of more than nothing",
                "--expires|999999999w|deploytrace: A key's expiry must lie in the future and before the year 10000",
                "--expires|PT2562047788015215H|deploytrace: --expires lies beyond the end of time",
                "--label|\" \"|deploytrace: A key's label must have 1 to 100 characters"
            })
    void create_wrongValue_isWrongUsageAndCreatesNothing(String option, String value, String message) {
        var result = option.equals("--role")
                ? createKey(option, value, "--all-workspaces")
                : createKey("--role", "read", "--all-workspaces", option, value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message);
        assertThat(keys.list(null, Deadlines.answer())).isEmpty();
    }

    @Test
    void create_withoutRole_isWrongUsage() {
        assertThat(createKey("--all-workspaces").err()).isEqualTo("""
                deploytrace key create: Missing required option: '--role=ROLE'
                Try 'deploytrace key create --help'.
                """);
    }

    @Test
    void revoke_prefix_endsTheKeyAndAgainDoesNothing() {
        var secret = createKey("--role", "read", "--all-workspaces").out().strip();
        var kept = createKey("--role", "read", "--all-workspaces").out().strip();
        var prefix = secret.substring(0, 11);
        var done = new TestProgram.Result(0, "Revoked key " + prefix + ".\n", "");

        assertThat(program.run("key", "revoke", prefix)).isEqualTo(done);
        assertThat(program.run("key", "revoke", prefix)).isEqualTo(done);

        assertThat(keys.authenticate(secret, Deadlines.answer())).isEmpty();
        assertThat(keys.authenticate(kept, Deadlines.answer())).isPresent();
        assertThat(program.run("key", "list").out().lines().filter(line -> line.endsWith("revoked")))
                .singleElement()
                .asString()
                .startsWith(prefix);
    }

    @Test
    void revoke_wholeKey_usesItsBeginningAndPrintsNoMore() {
        var secret = createKey("--role", "read", "--all-workspaces").out().strip();

        var unknown = program.run("key", "revoke", "dt_00000000_secret");
        assertThat(unknown)
                .isEqualTo(failed(1, "There is no key 'dt_00000000'. 'deploytrace key list' shows those there are."));
        assertThat(program.run("key", "revoke", secret, "--json").out())
                .contains("\"state\": \"revoked\"", "\"revokedAt\": \"2026-11-22T10:00:00.000000000Z\"")
                .doesNotContain(secret);
        assertThat(keys.authenticate(secret, Deadlines.answer())).isEmpty();
    }

    @Test
    void key_withoutCommand_showsTheCommands() {
        var result = program.run("key");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("Usage: deploytrace key").contains("create", "list", "revoke");
    }
}
