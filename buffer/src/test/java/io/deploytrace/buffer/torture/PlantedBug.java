package io.deploytrace.buffer.torture;

/** A bug that the torture program puts in the place of something that works, to show that it would be found. */
enum PlantedBug {
    NONE,
    /** What the spool writes isn't forced to the disk. */
    NO_FSYNC,
    /** A failure that would pass is taken for final. */
    NO_RETRY,
    /** Spans are inserted without regard to whether they are there already, into a table that lets them. */
    NO_IDEMPOTENCY
}
