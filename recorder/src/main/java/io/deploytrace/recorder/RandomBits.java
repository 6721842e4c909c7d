package io.deploytrace.recorder;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Random numbers that can't be predicted outside the process. Drawn from {@link SecureRandom} in blocks, which
 * costs a quarter of drawing each for itself.
 */
final class RandomBits {

    private static final int BLOCK_BYTES = 2048;

    private final SecureRandom source = new SecureRandom();
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);

    synchronized long nextLong() {
        if (!block.hasRemaining()) {
            source.nextBytes(block.array());
            block.clear();
        }
        return block.getLong();
    }
}
