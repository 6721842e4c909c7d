package io.deploytrace.buffer;

import io.deploytrace.store.SpanWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link BufferedSpanWriter}; not safe for use by several threads. */
public final class BufferedSpanWriterBuilder {

    /** 64 MiB: about 2,000 reconciles of 16 spans. */
    public static final long DEFAULT_QUEUE_BYTES = 64L << 20;

    /** 1,600 spans. */
    public static final int DEFAULT_GROUP_SPANS = 1_600;

    /** 2 threads. */
    public static final int DEFAULT_FLUSHERS = 2;

    /** 10 seconds. */
    public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    /** 100 milliseconds. */
    public static final Duration DEFAULT_BACKOFF = Duration.ofMillis(100);

    /** 10 seconds. */
    public static final Duration DEFAULT_MAXIMUM_BACKOFF = Duration.ofSeconds(10);

    /** One day: the longest that a pause between attempts may be. */
    public static final Duration LONGEST_BACKOFF = Duration.ofDays(1);

    /** 3 failures. */
    public static final int DEFAULT_CIRCUIT_THRESHOLD = 3;

    /** 5 seconds. */
    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    /** How long a call waits for room by default, where there is no spool. */
    public static final Duration DEFAULT_BLOCK = Duration.ofSeconds(1);

    final SpanWriter writer;
    long queueBytes = DEFAULT_QUEUE_BYTES;
    int groupSpans = DEFAULT_GROUP_SPANS;
    int flushers = DEFAULT_FLUSHERS;
    private @Nullable WhenFull whenFull;
    Duration attemptTimeout = DEFAULT_ATTEMPT_TIMEOUT;
    Duration backoff = DEFAULT_BACKOFF;
    Duration maximumBackoff = DEFAULT_MAXIMUM_BACKOFF;
    int circuitThreshold = DEFAULT_CIRCUIT_THRESHOLD;
    Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;
    boolean shutdownHook;
    BufferListener listener = BufferListener.NONE;

    @Nullable SpoolSettings spool;

    SpoolFiles spoolFiles = SpoolFiles.DISK;
    InstantSource clock = InstantSource.system();

    BufferedSpanWriterBuilder(SpanWriter writer) {
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /**
     * The most that calls in memory may take, in estimated bytes: 300 for a span, 100 for each event and attribute, and one for each character.
     * Calls on their way to the spool may take a quarter more. Default {@link #DEFAULT_QUEUE_BYTES}.
     *
     * @throws IllegalArgumentException if it is less than 1 KiB
     */
    public BufferedSpanWriterBuilder queueBytes(long bytes) {
        queueBytes = Checks.between("queueBytes", 1_024, Long.MAX_VALUE / 2, bytes);
        return this;
    }

    /**
     * The most spans that are written in one step; a call that has more is written alone. Default
     * {@link #DEFAULT_GROUP_SPANS}.
     *
     * @throws IllegalArgumentException if it is not 1 to 100,000
     */
    public BufferedSpanWriterBuilder groupSpans(int spans) {
        groupSpans = (int) Checks.between("groupSpans", 1, 100_000, spans);
        return this;
    }

    /**
     * How many threads write, each with a connection of its own. Default {@link #DEFAULT_FLUSHERS}.
     *
     * @throws IllegalArgumentException if it is not 1 to 64
     */
    public BufferedSpanWriterBuilder flushers(int threads) {
        flushers = (int) Checks.between("flushers", 1, 64, threads);
        return this;
    }

    /**
     * What to do with a call for which there is no room. By default it goes to the spool; without one it waits for
     * {@link #DEFAULT_BLOCK}, and is then refused.
     */
    public BufferedSpanWriterBuilder whenFull(WhenFull choice) {
        whenFull = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * The deadline of each attempt to write a group; a group that takes longer is tried again in smaller parts. Default
     * {@link #DEFAULT_ATTEMPT_TIMEOUT}.
     *
     * @throws IllegalArgumentException if it isn't positive
     */
    public BufferedSpanWriterBuilder attemptTimeout(Duration timeout) {
        attemptTimeout = Checks.positive("attemptTimeout", timeout);
        return this;
    }

    /**
     * How long to wait after a failed attempt: the base after the first, twice as long after each further one, up to
     * the maximum; of each wait the second half is left to chance. Default {@link #DEFAULT_BACKOFF} and
     * {@link #DEFAULT_MAXIMUM_BACKOFF}.
     *
     * @throws IllegalArgumentException if the base isn't positive, the maximum is less, or it is more than {@link #LONGEST_BACKOFF}
     */
    public BufferedSpanWriterBuilder backoff(Duration base, Duration maximum) {
        Checks.positive("base", base);
        if (maximum.compareTo(base) < 0) {
            throw new IllegalArgumentException("maximum must be at least the base, " + base + ", but is " + maximum);
        }
        maximumBackoff = Checks.atMost("maximum", LONGEST_BACKOFF, maximum);
        backoff = base;
        return this;
    }

    /**
     * After how many failed attempts in a row the store is asked only at the pace of the backoff, and calls go to the spool at once. Default
     * {@link #DEFAULT_CIRCUIT_THRESHOLD}.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public BufferedSpanWriterBuilder circuitThreshold(int failures) {
        circuitThreshold = (int) Checks.between("circuitThreshold", 1, Integer.MAX_VALUE, failures);
        return this;
    }

    /**
     * How long {@link BufferedSpanWriter#close()} may take. Default {@link #DEFAULT_SHUTDOWN_TIMEOUT}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public BufferedSpanWriterBuilder shutdownTimeout(Duration timeout) {
        shutdownTimeout = Checks.notNegative("shutdownTimeout", timeout);
        return this;
    }

    /** Whether the buffer closes itself when the JVM ends. By default it doesn't. */
    public BufferedSpanWriterBuilder shutdownHook(boolean on) {
        shutdownHook = on;
        return this;
    }

    /** Who is told what the buffer does. By default no one. */
    public BufferedSpanWriterBuilder listener(BufferListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** Where spans are kept that the store can't take. By default nowhere: there is no spool. */
    public BufferedSpanWriterBuilder spool(SpoolSettings settings) {
        spool = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** The files of the spool, for tests. */
    BufferedSpanWriterBuilder spoolFiles(SpoolFiles files) {
        spoolFiles = files;
        return this;
    }

    /** The clock by which records of the spool grow old, for tests. */
    BufferedSpanWriterBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * The buffer, whose threads are running. If an earlier process left spans on the spool, they are read once before, so that calls of
     * their traces come behind them: some seconds for a spool that is full.
     *
     * @throws IllegalStateException if calls are to spill and there is no spool
     * @throws UncheckedIOException if the spool's directory can't be used, or another process has it; the message names it
     */
    public BufferedSpanWriter build() {
        return new Startup(this).run();
    }

    /** What was chosen, or the default that fits. */
    WhenFull whenFull() {
        if (whenFull == null) {
            return spool == null ? WhenFull.block(DEFAULT_BLOCK) : WhenFull.spill();
        }
        if (spool == null && whenFull.choice() == WhenFull.Choice.SPILL) {
            throw new IllegalStateException(
                    "whenFull is spill(), but there is no spool. Give the buffer one with spool(), or choose block() or refuse().");
        }
        return whenFull;
    }
}
