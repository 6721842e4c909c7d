package io.deploytrace.buffer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how much a buffer may keep on disk. Immutable.
 *
 * @param directory the spool's directory, made if it doesn't exist, readable by its user alone. It belongs to one process at a time, and should
 *     lie on a local disk that survives a restart: not on {@code /tmp}, not on a network file system; not null
 * @param maximumBytes the most bytes of files that hold spans; once they are used up, further spans are refused, and nothing that was accepted is
 *     dropped to make room; default {@link #DEFAULT_MAXIMUM_BYTES}, at least {@code segmentBytes}. Damaged files that were set aside don't count
 * @param maximumAge how long spans are kept before they are given up and reported as expired; default {@link #DEFAULT_MAXIMUM_AGE}, at least one
 *     second; not null
 * @param segmentBytes the size at which a new file is begun, the unit in which space is given back; default {@link #DEFAULT_SEGMENT_BYTES}, at least
 *     {@link #SMALLEST_SEGMENT_BYTES}
 */
public record SpoolSettings(Path directory, long maximumBytes, Duration maximumAge, long segmentBytes) {

    /** 1 GiB: about 40,000 reconciles of 16 spans. */
    public static final long DEFAULT_MAXIMUM_BYTES = 1L << 30;

    /** Seven days. */
    public static final Duration DEFAULT_MAXIMUM_AGE = Duration.ofDays(7);

    /** 16 MiB. */
    public static final long DEFAULT_SEGMENT_BYTES = 16L << 20;

    /** 4 KiB. */
    public static final long SMALLEST_SEGMENT_BYTES = 4L << 10;

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a number lies outside its limits; the message names it and what is allowed
     */
    public SpoolSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(maximumAge, "maximumAge");
        if (segmentBytes < SMALLEST_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + segmentBytes + ". It must be at least " + SMALLEST_SEGMENT_BYTES + ".");
        }
        if (maximumBytes < segmentBytes) {
            throw new IllegalArgumentException("maximumBytes is " + maximumBytes
                    + ". It must be at least segmentBytes, which is " + segmentBytes + ".");
        }
        if (maximumAge.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("maximumAge is " + maximumAge + ". It must be at least one second.");
        }
    }

    /** A spool in the directory, with all defaults. */
    public static SpoolSettings in(Path directory) {
        return new SpoolSettings(directory, DEFAULT_MAXIMUM_BYTES, DEFAULT_MAXIMUM_AGE, DEFAULT_SEGMENT_BYTES);
    }

    /** The same with another bound in bytes. Segments become smaller where they would exceed a quarter of it. */
    public SpoolSettings withMaximumBytes(long bytes) {
        var segment = Math.min(segmentBytes, Math.max(SMALLEST_SEGMENT_BYTES, bytes / 4));
        return new SpoolSettings(directory, bytes, maximumAge, segment);
    }

    /** The same with another age. */
    public SpoolSettings withMaximumAge(Duration age) {
        return new SpoolSettings(directory, maximumBytes, age, segmentBytes);
    }

    /** The same with another size of segments. */
    public SpoolSettings withSegmentBytes(long bytes) {
        return new SpoolSettings(directory, maximumBytes, maximumAge, bytes);
    }
}
