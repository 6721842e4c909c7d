package io.deploytrace.benchmarks;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Row ids as our store makes them: version 7 UUIDs. */
final class RowIds {

    private RowIds() {}

    static UUID next() {
        var random = ThreadLocalRandom.current();
        var high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
        return new UUID(high, 0x8000000000000000L | random.nextLong() >>> 2);
    }
}
