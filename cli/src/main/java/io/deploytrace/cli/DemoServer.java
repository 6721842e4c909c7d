package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServer;
import io.deploytrace.server.DeploytraceServerBuilder;
import java.io.IOException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Shows what the demonstration recorded in a browser on this machine, until it is told to stop. */
final class DemoServer {

    private static final int CONNECTIONS = 10;

    private final Environment environment;
    private final DatabaseOptions database;
    private final @Nullable Integer port;

    /**
     * A server of the demonstration.
     *
     * @param port where it listens; null for the server's own, or any if that is taken
     */
    DemoServer(Environment environment, DatabaseOptions database, @Nullable Integer port) {
        this.environment = environment;
        this.database = database;
        this.port = port;
    }

    /** Serves, and says where: at the path. */
    void serve(String path) throws InterruptedException {
        try (var opened = new PostgresStores(environment).openDatabase(database);
                var pool = DatabasePool.of(opened.dataSource(), CONNECTIONS);
                var stop = StopSignals.take();
                var server = start(pool)) {
            environment.out().println();
            environment.out().println("See it in a browser: " + server.url() + path);
            environment.err().println("Serving until Ctrl-C …");
            stop.await();
        }
    }

    private DeploytraceServer start(DataSource source) {
        ServerLog.start(environment.err(), ServerLog.Format.text);
        if (port != null) {
            return started(source, port);
        }
        var usual = PostgresServer.on(source)
                .port(DeploytraceServerBuilder.DEFAULT_PORT)
                .build();
        try {
            usual.start();
            return usual;
        } catch (IOException taken) {
            usual.close();
            return started(source, 0);
        }
    }

    private static DeploytraceServer started(DataSource source, int port) {
        var server = PostgresServer.on(source).port(port).build();
        try {
            PostgresServer.start(server);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }
}
