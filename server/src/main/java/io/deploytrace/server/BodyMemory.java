package io.deploytrace.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the bodies of all requests in flight take in memory: as they came, decompressed, and for each message that they hold. Safe for use
 * by several threads.
 */
final class BodyMemory {

    /** What a message takes beside what it says: an empty one has two bytes in the body. */
    static final long MESSAGE = 100;

    private final long maximum;
    private final long mostDecompressed;
    private final AtomicLong taken = new AtomicLong();

    BodyMemory(long maximum, long mostDecompressed) {
        this.maximum = maximum;
        this.mostDecompressed = mostDecompressed;
    }

    /** How many bytes they take. */
    long taken() {
        return taken.get();
    }

    /** What a request takes that has just begun: nothing. */
    Share share() {
        return new Share();
    }

    /** What one request takes. Safe for use by several threads. */
    final class Share {

        private long bytes;
        private long decompressed;
        private boolean released;

        /**
         * So many more bytes came.
         *
         * @throws RefusedException if there is no place for them
         */
        synchronized void received(long more) {
            take(more);
        }

        /**
         * The decompressed body has at least so many bytes. It may be decompressed more than once, and counts once.
         *
         * @throws RefusedException if that is too large, or there is no place for it
         */
        synchronized void decompressed(long soFar) {
            if (soFar > mostDecompressed) {
                throw Refusal.tooLarge("The decompressed body is larger than the " + mostDecompressed
                                + " bytes that this server takes. Send fewer spans in one request.")
                        .exception();
            }
            if (soFar > decompressed) {
                take(soFar - decompressed);
                decompressed = soFar;
            }
        }

        /**
         * So many more messages are about to be made of the body.
         *
         * @throws RefusedException if there is no place for them
         */
        synchronized void messages(long more) {
            take(more * MESSAGE);
        }

        private void take(long more) {
            if (released) {
                return;
            }
            if (bytes + more > maximum) {
                throw Refusal.tooLarge("The body and what it holds take more than the " + maximum
                                + " bytes that this server has for all bodies. Send fewer spans in one request.")
                        .exception();
            }
            if (taken.addAndGet(more) > maximum) {
                taken.addAndGet(-more);
                throw Refusal.tooMany(
                                "The requests that this server is answering take as much memory as they may. Send the"
                                        + " same request again.")
                        .exception();
            }
            bytes += more;
        }

        /** Gives back all that was taken. */
        synchronized void release() {
            released = true;
            taken.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
