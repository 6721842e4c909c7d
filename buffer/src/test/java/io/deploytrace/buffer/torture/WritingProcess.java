package io.deploytrace.buffer.torture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.SpoolFaults;
import io.deploytrace.buffer.SpoolSettings;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The process that writes, and is killed. It obeys the lines of its standard input. */
final class WritingProcess {

    static final int WRITERS = 8;

    /** Stops writing, waits until everything is stored, and ends. */
    static final String FINISH = "finish";

    /** Stops writing, closes the buffer, which leaves on the spool what can't be stored soon, and ends. */
    static final String STOP = "stop";

    /** The disk is full from now on. */
    static final String FULL = "full";

    /** The disk has room again. */
    static final String ROOM = "room";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Reporter reporter;
    private final SpoolFaults faults;
    private final BufferedSpanWriter buffer;
    private final List<WritingThread> writers;

    private WritingProcess(WritingSettings settings, Reporter reporter, SpanWriter store) {
        this.reporter = reporter;
        this.faults = disk(settings);
        this.buffer = faults.under(BufferedSpanWriter.builder(store)
                        .spool(SpoolSettings.in(settings.spool()))
                        .listener(new RejectionReports(reporter))
                        .backoff(Duration.ofMillis(20), Duration.ofMillis(500))
                        .attemptTimeout(Duration.ofSeconds(3))
                        .shutdownTimeout(Duration.ofMillis(500)))
                .build();
        this.writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new WritingThread(buffer, settings, reporter, number))
                .toList();
    }

    private static SpoolFaults disk(WritingSettings settings) {
        if (settings.bug() == PlantedBug.NO_FSYNC) {
            return SpoolFaults.losingAll();
        }
        return switch (settings.disk()) {
            case REAL -> SpoolFaults.keeping();
            case FORGETFUL -> SpoolFaults.losing(0);
            case ERRATIC -> SpoolFaults.losing(0.5);
        };
    }

    /** Its arguments are {@link WritingSettings}. */
    public static void main(String[] arguments) throws Exception {
        var settings = WritingSettings.parse(arguments);
        var reporter = new Reporter();
        System.setOut(System.err);
        try (var pool = pool(settings)) {
            new WritingProcess(settings, reporter, store(pool, settings)).run();
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            reporter.wrong("The writing process failed: " + failure);
        }
        Runtime.getRuntime().halt(0);
    }

    private static SpanWriter store(HikariDataSource pool, WritingSettings settings) {
        return switch (settings.bug()) {
            case NONE, NO_FSYNC -> PostgresSpanStore.builder(pool).build();
            case NO_RETRY -> new FinalFailures(PostgresSpanStore.builder(pool).build());
            case NO_IDEMPOTENCY -> new PlainInserts(pool);
        };
    }

    private static HikariDataSource pool(WritingSettings settings) {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(settings.url());
        configuration.setUsername(settings.user());
        configuration.setPassword(settings.password());
        configuration.setMaximumPoolSize(6);
        configuration.setConnectionTimeout(1_000);
        configuration.setValidationTimeout(500);
        configuration.setInitializationFailTimeout(-1);
        configuration.addDataSourceProperty("connectTimeout", "1");
        configuration.addDataSourceProperty("loginTimeout", "2");
        configuration.addDataSourceProperty("socketTimeout", "5");
        return new HikariDataSource(configuration);
    }

    private void run() throws IOException {
        var watch = Executors.newSingleThreadScheduledExecutor();
        var unused = watch.scheduleAtFixedRate(this::checkCounters, 10, 10, TimeUnit.MILLISECONDS);
        writers.forEach(Thread::start);
        reporter.said("ready");
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case FULL -> faults.fill();
                case ROOM -> faults.makeRoom();
                case FINISH -> finish();
                default -> stop();
            }
            if (command.equals(FINISH) || command.equals(STOP)) {
                break;
            }
        }
        checkCounters();
        watch.shutdownNow();
    }

    private void finish() {
        stopWriters();
        if (!buffer.flush(Deadline.after(PATIENCE))) {
            reporter.wrong("Not everything was stored within " + PATIENCE + ": " + buffer.metrics());
        }
        var metrics = buffer.metrics();
        if (metrics.held() != 0) {
            reporter.wrong("The buffer holds spans after all were stored: " + metrics);
        }
        close();
    }

    private void stop() {
        stopWriters();
        close();
    }

    private void close() {
        buffer.close();
        reporter.said("closed with " + buffer.metrics());
    }

    private void stopWriters() {
        writers.forEach(WritingThread::tellToStop);
        for (var writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private void checkCounters() {
        var metrics = buffer.metrics();
        var in = metrics.accepted() + metrics.recovered();
        var out = metrics.stored() + metrics.duplicates() + metrics.rejectedInAll() + metrics.held();
        if (in != out) {
            reporter.wrong("The counters don't add up, " + in + " came and " + out + " went or are held: " + metrics);
        }
    }
}
