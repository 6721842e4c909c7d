package io.deploytrace.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresLeases;
import io.deploytrace.store.postgres.PostgresMaintenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server. */
@Command(
        name = "serve",
        description =
                "Run the server: it takes spans from any OpenTelemetry client and answers questions, on one port.",
        footer = {
            "",
            "Runs until it is told to stop (Ctrl-C, SIGTERM); it then answers the requests it has, and ends with 0.",
            "DEPLOYTRACE_TOKEN_SECRET or DEPLOYTRACE_TOKEN_SECRET_FILE hold the keys of job tokens, as for 'token'; without them job"
                    + " tokens are refused.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} serve --port 8090"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration REINDEXING_INTERVAL = Duration.ofMinutes(1);
    private static final int WRITING_CONNECTIONS = 2;
    private static final int LEAST_CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 1_000;

    private final Environment environment;
    private final ServeConfiguration configuration;

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

    @Option(
            names = "--retention-interval",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description =
                    "How often traces are removed that workspaces no longer keep (DEPLOYTRACE_RETENTION_INTERVAL). By"
                            + " default 1h.")
    private Duration retentionInterval;

    @Mixin
    private ServeLimits limits;

    @Mixin
    private ServeEventLimits eventLimits;

    @Mixin
    private ServeIngestLimits ingestLimits;

    @Option(
            names = ServeConfiguration.FILE_OPTION,
            paramLabel = "FILE",
            description =
                    "Settings, as Java's properties: the names of options without their dashes (DEPLOYTRACE_CONFIG). Flags and the"
                            + " environment win over them.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path configurationFile;

    @Option(
            names = ServeConfiguration.CHECK_OPTION,
            description = "Check the settings, print each with its source, and end: with 2 if one is wrong.")
    private boolean checkOnly;

    @Spec
    private CommandSpec spec;

    ServeCommand(Environment environment, ServeConfiguration configuration) {
        this.environment = environment;
        this.configuration = configuration;
    }

    @Override
    public Integer call() throws InterruptedException {
        configuration.check(spec);
        var checked = settings(new PGSimpleDataSource());
        var address = database.address(environment);
        if (checkOnly) {
            var directory = address.isPresent() ? null : database.dataDirectory(environment);
            new ConfigurationReport(environment, spec, configuration)
                    .print(checked.isAuthenticationRequired(), address.orElse(null), directory);
            return ExitCode.DONE;
        }
        return serve();
    }

    private int serve() throws InterruptedException {
        try (var opened = new PostgresStores(environment).openDatabase(database);
                var pool = DatabasePool.of(opened.dataSource(), connections);
                var stop = StopSignals.take()) {
            serve(pool, stop, ServerLog.start(environment.err(), options.logFormat()));
        }
        return ExitCode.DONE;
    }

    private void serve(HikariDataSource pool, StopSignals stop, ServerLog log) throws InterruptedException {
        var settings = settings(pool).meters(registry -> DatabasePool.measure(pool, registry));
        if (settings.isAuthenticationRequired()) {
            new BootstrapKey(environment.out(), log, bootstrapKeyFile)
                    .createFirst(new PostgresApiKeys(pool), new PostgresLeases(pool));
        }
        try (var server = settings.build()) {
            PostgresServer.start(server);
            log.say("Listening on " + server.url());
            stop.await();
            log.say("Stopping …");
        }
    }

    /** All that was given, checked; doesn't connect yet. */
    private DeploytraceServerBuilder settings(DataSource source) {
        try {
            if (connections < LEAST_CONNECTIONS || connections > MOST_CONNECTIONS) {
                throw new IllegalArgumentException("--database-connections must be " + LEAST_CONNECTIONS + " to "
                        + MOST_CONNECTIONS + ", but is " + connections + ".");
            }
            var settings = PostgresServer.on(source).readThreads((connections - WRITING_CONNECTIONS) / 2);
            options.apply(settings);
            limits.apply(settings);
            eventLimits.apply(settings);
            ingestLimits.apply(settings);
            maintain(settings, source);
            TokenKeys.readIfAny(environment).ifPresent(settings::jobTokens);
            settings.check();
            return settings;
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void maintain(DeploytraceServerBuilder settings, DataSource source) {
        var maintenance = new PostgresMaintenance(source);
        var leases = new PostgresLeases(source);
        settings.retention(maintenance, leases, retentionInterval);
        settings.reindexing(maintenance, leases, REINDEXING_INTERVAL);
    }
}
