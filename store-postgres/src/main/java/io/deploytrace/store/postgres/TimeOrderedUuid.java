package io.deploytrace.store.postgres;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes row ids: version 7 UUIDs (RFC 9562), so that new rows go to the end of the primary key's index. */
final class TimeOrderedUuid {

    private static final int RANDOM_BITS_BESIDE_VERSION = 12;

    private TimeOrderedUuid() {}

    static UUID next() {
        return of(System.currentTimeMillis());
    }

    static UUID of(long epochMilliseconds) {
        var random = ThreadLocalRandom.current();
        var high = epochMilliseconds << 16 | 0x7000L | random.nextInt(1 << RANDOM_BITS_BESIDE_VERSION);
        var low = 0x8000000000000000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
