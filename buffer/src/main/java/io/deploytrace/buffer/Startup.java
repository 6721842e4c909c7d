package io.deploytrace.buffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts a buffer together from the settings of a builder, and starts its threads. Used once. */
final class Startup {

    private final BufferedSpanWriterBuilder settings;
    private final WhenFull whenFull;
    private final Ledger ledger = new Ledger();
    private final Reports reports;

    Startup(BufferedSpanWriterBuilder settings) {
        this.settings = settings;
        this.whenFull = settings.whenFull();
        this.reports = new Reports(ledger, settings.listener, new BufferLog());
    }

    BufferedSpanWriter run() {
        var opened = open();
        try {
            return start(opened);
        } catch (RuntimeException | Error failure) {
            close(opened, failure);
            throw failure;
        }
    }

    private @Nullable Spool open() {
        if (settings.spool == null) {
            return null;
        }
        try {
            return Spool.open(settings.spool, settings.clock, new SpoolReports(reports), settings.spoolFiles);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    private static void close(@Nullable Spool opened, Throwable failure) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    private BufferedSpanWriter start(@Nullable Spool opened) {
        var queue = new CallQueue(states(opened, recover(opened)));
        var pipeline = new Pipeline(queue, ledger, reports, opened);
        var threads = new Threads();
        var shutdown = new Shutdown(pipeline, threads, opened, settings.shutdownTimeout, reports);
        startThreads(threads, queue, opened);
        if (settings.shutdownHook) {
            shutdown.hook();
        }
        return new BufferedSpanWriter(pipeline, shutdown);
    }

    private Map<String, Integer> recover(@Nullable Spool opened) {
        if (opened == null || opened.spanCount() == 0) {
            return Map.of();
        }
        reports.recovered(opened.spanCount());
        return RecoveredTraces.of(opened);
    }

    private CallStates states(@Nullable Spool opened, Map<String, Integer> recovered) {
        var now = System.nanoTime();
        var pace = new Backoff(settings.backoff, settings.maximumBackoff, RandomGenerator.getDefault());
        return new CallStates(
                new Admission(settings.queueBytes, whenFull),
                new GroupSources(settings.groupSpans),
                new Circuit(settings.circuitThreshold, pace, now),
                new Spooling(opened != null, recovered, 2 * settings.groupSpans, now),
                ledger);
    }

    private void startThreads(Threads threads, CallQueue queue, @Nullable Spool opened) {
        if (opened != null) {
            threads.start("deploytrace-buffer-spooler", new Spooler(opened, queue, reports));
        }
        var reader = new SpoolReader(opened, queue, reports, settings.groupSpans);
        var flusher = new Flusher(queue, settings.writer, settings.attemptTimeout, reader, reports);
        for (var i = 1; i <= settings.flushers; i++) {
            threads.start("deploytrace-buffer-flusher-" + i, flusher);
        }
    }
}
