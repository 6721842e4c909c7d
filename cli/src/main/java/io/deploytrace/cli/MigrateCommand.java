package io.deploytrace.cli;

import io.deploytrace.store.postgres.Migration;
import io.deploytrace.store.postgres.PostgresSchema;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies the migrations that the database lacks. */
@Command(
        name = "migrate",
        description = "Bring the database's schema up to date.",
        footer = {
            "",
            "The embedded database is brought up to date by every command. Needs a direct connection, not a pooler in transaction mode.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} migrate --check || ${ROOT-COMMAND-NAME} migrate"
        })
final class MigrateCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private DatabaseOptions options;

    @Option(names = "--check", description = "Change nothing; list what is pending and exit with 1 if anything is.")
    private boolean check;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    MigrateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var database = Database.open(options, environment)) {
            var schema = new PostgresSchema(database.dataSource());
            var migrations = check ? pending(schema) : schema.migrate();
            print(migrations);
            return check && !migrations.isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
        }
    }

    private static List<Migration> pending(PostgresSchema schema) {
        return schema.migrations().stream()
                .filter(migration -> !migration.isApplied())
                .toList();
    }

    private void print(List<Migration> migrations) {
        if (json) {
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeArrayFieldStart(check ? "pending" : "applied");
                for (var migration : migrations) {
                    generator.writeStartObject();
                    generator.writeStringField("version", migration.version());
                    generator.writeStringField("description", migration.description());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
                generator.writeEndObject();
            });
            return;
        }
        if (migrations.isEmpty()) {
            environment.out().println("The schema is up to date.");
        }
        for (var migration : migrations) {
            environment
                    .out()
                    .println((check ? "Pending: " : "Applied: ") + migration.version() + " " + migration.description());
        }
    }
}
