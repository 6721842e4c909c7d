package io.deploytrace.store.postgres;

import io.deploytrace.testkit.PgBouncer;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PgBouncer before the databases of these tests, with few server connections that it hands out in turn, so that what two
 * transactions of one client share is as little as can be.
 */
final class Pooler implements AutoCloseable {

    private final PgBouncer pgBouncer;

    private Pooler(PgBouncer pgBouncer) {
        this.pgBouncer = pgBouncer;
    }

    /** With a {@code pool_mode} of PgBouncer's. */
    static Pooler start(String mode) {
        var server = new PGSimpleDataSource();
        server.setUrl(PostgresServer.url("postgres"));
        return new Pooler(PgBouncer.start(
                """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = 6432
                unix_socket_dir =
                pool_mode = %s
                auth_type = trust
                auth_file = DIRECTORY/users
                default_pool_size = 6
                max_client_conn = 500
                server_round_robin = 1
                """.formatted(server.getPortNumbers()[0], mode), Map.of("users", "\"postgres\" \"\"\n")));
    }

    /** The way to a database through it. */
    PGSimpleDataSource to(PostgresDatabase database) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.url().replaceFirst(":\\d+/", ":" + pgBouncer.port() + "/"));
        return source;
    }

    String said() {
        return pgBouncer.said();
    }

    @Override
    public void close() {
        pgBouncer.close();
    }
}
