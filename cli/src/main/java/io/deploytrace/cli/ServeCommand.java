package io.deploytrace.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.server.DeploytraceServer;
import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the server. */
@Command(
        name = "serve",
        description = "Run the server: it takes spans from any OpenTelemetry client, on one port.",
        footer = {
            "",
            "Runs until it is told to stop (Ctrl-C, SIGTERM); it then answers the requests it has, and ends with 0.",
            "DEPLOYTRACE_TOKEN_SECRET or DEPLOYTRACE_TOKEN_SECRET_FILE hold the keys of job tokens, as for 'token'; without them job"
                    + " tokens are refused."
        })
final class ServeCommand implements Callable<Integer> {

    private static final SpanWriter NONE_YET = (spans, deadline) -> {
        throw new IllegalStateException("The database isn't open yet");
    };

    private final Environment environment;

    @Mixin
    private ServeOptions options;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--database-connections",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "The most connections to the database (DEPLOYTRACE_DATABASE_CONNECTIONS). By default 20.")
    private int connections;

    @Option(
            names = "--bootstrap-key-file",
            paramLabel = "FILE",
            description =
                    "Where the first admin key is written, for its owner alone to read (DEPLOYTRACE_BOOTSTRAP_KEY_FILE). By"
                            + " default it is printed.")
    private @Nullable Path bootstrapKeyFile;

    @Mixin
    private ServeLimits limits;

    @Mixin
    private ServeIngestLimits ingestLimits;

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        settings(NONE_YET);
        try (var opened = new PostgresStores(environment).openDatabase(database);
                var pool = DatabasePool.of(opened.dataSource(), connections);
                var stop = StopSignals.take()) {
            ServerLog.start(environment.err());
            serve(pool, stop);
        }
        return ExitCode.DONE;
    }

    private void serve(HikariDataSource pool, StopSignals stop) throws InterruptedException {
        var keys = new PostgresApiKeys(pool);
        var settings =
                settings(PostgresSpanStore.builder(pool).build()).apiKeys(keys).readiness(() -> isReady(pool));
        if (settings.isAuthenticationRequired()) {
            new BootstrapKey(environment, bootstrapKeyFile).createFirst(keys);
        }
        try (var server = settings.build()) {
            start(server);
            stop.await();
            environment.err().println("Stopping …");
        }
    }

    /** All that was given on the command line and in the environment, checked. */
    private DeploytraceServerBuilder settings(SpanWriter writer) {
        if (connections < 3 || connections > 1_000) {
            throw ProgramException.usage("--database-connections must be 3 to 1000, but is " + connections + ".");
        }
        try {
            var settings = DeploytraceServer.builder(writer);
            options.apply(settings);
            limits.apply(settings);
            ingestLimits.apply(settings);
            TokenKeys.readIfAny(environment).ifPresent(settings::jobTokens);
            settings.check();
            return settings;
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isReady(DataSource source) {
        try {
            return new PostgresSchema(source).isCurrent();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void start(DeploytraceServer server) {
        try {
            server.start();
        } catch (IOException e) {
            throw ProgramException.failed(String.valueOf(e.getMessage()), e);
        }
        environment.err().println("Listening on " + server.url());
    }
}
