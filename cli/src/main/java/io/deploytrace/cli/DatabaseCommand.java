package io.deploytrace.cli;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.postgres.PostgresSchema;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the embedded database in the foreground. */
@Command(
        name = "database",
        description =
                "Run the embedded database and print the URL with which psql or any other program connects to it.",
        footer = {
            "",
            "Runs until it is interrupted (Ctrl-C). Other commands use it meanwhile; the last to end stops it.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} database"
        })
final class DatabaseCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on, on 127.0.0.1. By default that of the last time, or any that is free.")
    private int port;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DatabaseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw ProgramException.usage("--port must be 1 to 65535, but is " + port + ".");
        }
        try (var database = Database.openShared(dataDirectory.resolve(environment), port, environment)) {
            migrate(database);
            print(database);
            environment.err().println("The database is running. Ctrl-C stops it.");
            awaitEnd(database);
            throw ProgramException.unreachable("The database was stopped by another program.", null);
        }
    }

    private static void migrate(SharedDatabase database) {
        var schema = new PostgresSchema(database.dataSource());
        if (!schema.isCurrent()) {
            schema.migrate();
        }
    }

    private void print(SharedDatabase database) {
        if (!json) {
            environment.out().println(database.url());
            return;
        }
        JsonOutput.print(environment.out(), generator -> {
            generator.writeStartObject();
            generator.writeStringField("url", database.url());
            generator.writeStringField("jdbcUrl", database.jdbcUrl());
            generator.writeStringField("user", database.user());
            generator.writeStringField("password", database.password());
            generator.writeEndObject();
        });
    }

    private static void awaitEnd(SharedDatabase database) throws InterruptedException {
        try {
            database.onExit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
