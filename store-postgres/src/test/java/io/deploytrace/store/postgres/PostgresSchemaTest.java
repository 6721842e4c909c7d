package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSchemaTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.empty();

    @Test
    void migrate_emptyDatabase_appliesAllAndASecondRunNone() {
        var schema = new PostgresSchema(database.dataSource());

        assertThat(schema.migrations())
                .extracting(Migration::isApplied)
                .containsExactly(false, false, false, false, false, false, false, false, false, false);
        assertThat(schema.isCurrent()).isFalse();
        assertThat(schema.migrate())
                .extracting(Migration::version)
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(schema.migrate()).isEmpty();
        assertThat(schema.migrations())
                .containsExactly(
                        new Migration("1", "span table", true),
                        new Migration("2", "span indexes", true),
                        new Migration("3", "trace summaries", true),
                        new Migration("4", "workspace names", true),
                        new Migration("5", "keys", true),
                        new Migration("6", "changes retention leases", true),
                        new Migration("7", "changes index", true),
                        new Migration("8", "statistics", true),
                        new Migration("9", "fanout index", true),
                        new Migration("10", "started index", true));
        assertThat(schema.isCurrent()).isTrue();
    }

    @Test
    void migrations_asked_makeNothing() {
        new PostgresSchema(database.dataSource()).migrations();

        assertThat(database.query("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void migrate_twoProcessesAtOnce_bothSucceedAndOneAppliesThem() throws Exception {
        var first = startMigration();
        var second = startMigration();

        assertThat(List.of(output(first), output(second))).containsExactlyInAnyOrder("10", "0");
    }

    private Process startMigration() throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigrateProgram.class.getName(),
                        database.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String output(Process process) throws Exception {
        try (var lines = process.inputReader()) {
            var line = lines.readLine();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return line;
        }
    }

    @Test
    void migrate_besideAnApplicationsOwnFlyway_neitherSeesTheOther() {
        var application = application(false);
        application.migrate();
        var schema = new PostgresSchema(database.dataSource());

        assertThat(schema.migrate()).hasSize(10);
        assertThat(application.validateWithResult().validationSuccessful).isTrue();
        assertThat(application.migrate().migrationsExecuted).isZero();
        assertThat(application.info().all()).hasSize(1);
        assertThat(schema.migrations()).hasSize(10);
    }

    @Test
    void migrate_beforeAnApplicationsOwnFlyway_leavesItsHistoryToIt() {
        var schema = new PostgresSchema(database.dataSource());
        schema.migrate();

        assertThat(application(true).migrate().migrationsExecuted).isEqualTo(1);
        assertThat(schema.migrate()).isEmpty();
        assertThat(schema.isCurrent()).isTrue();
    }

    private Flyway application(boolean baseline) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:io/deploytrace/store/postgres/application")
                .baselineOnMigrate(baseline)
                .baselineVersion("0")
                .load();
    }

    @Test
    void migrate_databaseThatIsNotThere_saysItCannotBeReached() {
        var nowhere = database.driverDataSource();
        nowhere.setPortNumbers(new int[] {1});

        assertThatThrownBy(() -> new PostgresSchema(nowhere).migrate())
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageStartingWith("The migrations were not all applied: Connection to localhost:1 refused.");
    }

    @Test
    void migrate_tableOfAnotherSchemaBehind_isRefusedRatherThanHidden() {
        database.execute("create schema app; create table public.workspace (id uuid primary key)");
        var dataSource = database.driverDataSource();
        dataSource.setCurrentSchema("app,public");
        var schema = new PostgresSchema(dataSource);

        assertThatThrownBy(schema::migrate)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_READY))
                .hasMessageContaining("in schema app would hide public.workspace");
        assertThat(tablesOf("app")).isEmpty();

        dataSource.setCurrentSchema("app");
        assertThat(schema.migrate()).hasSize(10);
        assertThat(schema.migrate()).isEmpty();
        dataSource.setCurrentSchema("app,public");
        assertThat(schema.migrate()).isEmpty();
        assertThat(tablesOf("public")).containsExactly(List.of("workspace"));
    }

    @Test
    void migrate_roleThatMayNotCreate_saysWhatTheDatabaseSaysAlone() {
        database.execute("create role onlooker login");
        var dataSource = database.driverDataSource();
        dataSource.setUser("onlooker");
        try {
            assertThatThrownBy(() -> new PostgresSchema(dataSource).migrate())
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_READY))
                    .hasMessageStartingWith("The migrations were not all applied: ERROR: permission denied for schema")
                    .hasMessageNotContaining("Flyway");
        } finally {
            database.execute("drop role onlooker");
        }
    }

    private List<List<String>> tablesOf(String schema) {
        return database.query("select tablename from pg_tables where schemaname = '" + schema + "' order by 1");
    }
}
