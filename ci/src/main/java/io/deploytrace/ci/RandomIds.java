package io.deploytrace.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of traces and spans: random, and not zero. */
final class RandomIds {

    /** What the system has of its own: Java's is this too, behind classes that take longer to load than a file to read. */
    private static final Path SYSTEM = Path.of("/dev/urandom");

    private RandomIds() {}

    /** 32 lower-case hex digits. */
    static String traceId() {
        return hex(16);
    }

    /** 16 lower-case hex digits. */
    static String spanId() {
        return hex(8);
    }

    private static String hex(int bytes) {
        var random = random(bytes);
        random[0] |= (byte) 0x10;
        return HexFormat.of().formatHex(random);
    }

    private static byte[] random(int bytes) {
        try (var system = Files.newInputStream(SYSTEM)) {
            var random = system.readNBytes(bytes);
            if (random.length == bytes) {
                return random;
            }
        } catch (IOException e) {
            // Not every system has it.
        }
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
