package io.deploytrace.buffer;

/** A bad disk for the spool of a buffer, which other packages may put there. Safe for use by several threads. */
public final class SpoolFaults {

    /** What a full disk still takes, so that a write stops in the middle. */
    private static final long REST = 3_000;

    private final FaultyFiles files;

    private SpoolFaults(SpoolFiles files) {
        this.files = new FaultyFiles(files);
    }

    /** A disk that keeps what was written when a process is killed, forced or not. */
    public static SpoolFaults keeping() {
        return new SpoolFaults(SpoolFiles.DISK);
    }

    /**
     * A disk that loses what wasn't forced when a process is killed, as when the power fails.
     *
     * @param kept the chance of a write to reach the disk all the same, in part
     */
    public static SpoolFaults losing(double kept) {
        return new SpoolFaults(new UnsyncedFiles(true, kept));
    }

    /** A disk that loses everything when a process is killed, as if nobody forced anything. */
    public static SpoolFaults losingAll() {
        return new SpoolFaults(new UnsyncedFiles(false, 0));
    }

    /** Puts the disk under the buffer's spool. */
    public BufferedSpanWriterBuilder under(BufferedSpanWriterBuilder builder) {
        return builder.spoolFiles(files);
    }

    /** From now on the disk is full, but for a little. */
    public void fill() {
        files.quota(files.used() + REST);
    }

    /** From now on the disk has room. */
    public void makeRoom() {
        files.quota(Long.MAX_VALUE);
    }
}
