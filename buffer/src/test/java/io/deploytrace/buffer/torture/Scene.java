package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.torture.TorturePlan.Event;
import io.deploytrace.buffer.torture.WritingSettings.Disk;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A writing process, a bad network and a database, and what can be done to each. Used by one thread. */
final class Scene implements AutoCloseable {

    private static final int NOBODYS_PORT = 1;

    private static final List<Disk> DISKS = List.of(Disk.values());

    private final TortureSettings settings;
    private final PlantedBug bug;
    private final Workload workload;
    private final Journal journal;
    private final TortureDatabase database;
    private final FaultProxy proxy;
    private final SpoolDisk disk;
    private final AtomicBoolean calm = new AtomicBoolean();
    private TorturedProcess writer;
    private int processes;
    private boolean databaseRuns = true;
    private boolean keeps = true;

    Scene(TortureSettings settings, PlantedBug bug, FaultPlan network) throws Exception {
        this.settings = settings;
        this.bug = bug;
        this.workload = new Workload(settings.seed());
        this.journal = new Journal(workload);
        Files.createDirectories(settings.directory());
        this.disk = SpoolDisk.prepare(settings);
        this.database = TortureDatabase.create(settings.database());
        this.proxy = FaultProxy.to(
                database.port(),
                (connection, message, toServer, point) ->
                        calm.get() ? null : network.at(connection, message, toServer, point));
        prepareDatabase();
        this.writer = startWriter();
    }

    private void prepareDatabase() throws Exception {
        for (var workspace : workload.workspaces()) {
            database.execute("insert into workspace (id) values ('" + workspace + "')");
        }
        PostgresSpanStore.builder(database.dataSource())
                .build()
                .write(workload.victim(), Deadline.after(Duration.ofSeconds(30)));
        if (bug == PlantedBug.NO_IDEMPOTENCY) {
            database.execute("drop index deployment_trace_span_trace_id_span_id_idx");
        }
    }

    private TorturedProcess startWriter() throws Exception {
        var process = processes++;
        var writing = new WritingSettings(
                settings.seed(),
                process,
                TortureDatabase.url(proxy.port()),
                database.user(),
                database.password(),
                disk.spool(),
                bug == PlantedBug.NONE ? DISKS.get(process % DISKS.size()) : Disk.FORGETFUL,
                settings.rate(),
                bug);
        var started = TorturedProcess.start(
                WritingProcess.class, writing.toArguments(), settings.log(), line -> journal.take(process, line));
        started.awaitReady();
        return started;
    }

    Workload workload() {
        return workload;
    }

    Journal journal() {
        return journal;
    }

    SpoolDisk disk() {
        return disk;
    }

    FaultProxy proxy() {
        return proxy;
    }

    TortureDatabase database() {
        return database;
    }

    /** How many writing processes there were. */
    int processes() {
        return processes;
    }

    void begin(Event event) throws Exception {
        switch (event.action()) {
            case STRIKE -> {
                var unused = proxy.strike(event.point(), event.fault());
            }
            case CUT_ALL -> proxy.cutAll();
            case RESET_ALL -> proxy.resetAll();
            case REFUSE -> proxy.refuse();
            case BLACK_HOLE -> proxy.blackHole();
            case KILL_DATABASE -> killDatabase();
            case KILL_WRITER -> killWriter();
            case STOP_WRITER -> stopWriter();
            case FILL_SPOOL -> disk.fill(writer);
        }
    }

    void end(Event event) throws Exception {
        switch (event.action()) {
            case REFUSE, BLACK_HOLE -> proxy.heal();
            case KILL_DATABASE -> restartDatabase();
            case FILL_SPOOL -> disk.makeRoom(writer);
            default -> {}
        }
    }

    void killDatabase() throws Exception {
        if (databaseRuns) {
            // Another database may get its port meanwhile, and would be taken for it.
            proxy.leadTo(NOBODYS_PORT);
            database.kill();
            databaseRuns = false;
        }
    }

    void restartDatabase() {
        if (!databaseRuns) {
            database.restart();
            proxy.leadTo(database.port());
            databaseRuns = true;
        }
    }

    /** The next process takes over. */
    void killWriter() throws Exception {
        writer.kill();
        writer = startWriter();
    }

    private void stopWriter() throws Exception {
        writer.tell(WritingProcess.STOP);
        requireEnd(60);
        writer = startWriter();
    }

    /** Everything works again, and what was written is stored. */
    void healAndFinish() throws Exception {
        calm.set(true);
        proxy.callOffStrikes();
        restartDatabase();
        disk.makeRoom(writer);
        proxy.heal();
        writer.tell(WritingProcess.FINISH);
        requireEnd(660);
    }

    private void requireEnd(int seconds) throws IOException {
        if (!writer.awaitEnd(seconds)) {
            throw new IllegalStateException(
                    "The writing process didn't end within " + seconds + " s, see " + settings.log());
        }
    }

    /** What is broken after {@link #healAndFinish}. If anything is, without a bug, the directory stays. */
    List<Finding> findings() throws Exception {
        var findings = new Verification(database.dataSource(), workload, journal).run();
        keeps = bug == PlantedBug.NONE && !findings.isEmpty();
        return findings;
    }

    @Override
    public void close() throws IOException {
        writer.kill();
        proxy.close();
        restartDatabase();
        database.close();
        disk.close();
        if (!keeps) {
            remove();
        }
    }

    private void remove() throws IOException {
        try (var paths = Files.walk(settings.directory())) {
            for (var path : paths.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
