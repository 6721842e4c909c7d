package io.deploytrace.store.postgres;

import org.postgresql.ds.PGSimpleDataSource;

/** Migrates a database from a process of its own and prints the number of migrations that it applied. */
final class MigrateProgram {

    private MigrateProgram() {}

    public static void main(String[] arguments) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(arguments[0]);
        System.out.println(new PostgresSchema(dataSource).migrate().size());
    }
}
