package io.deploytrace.recorder;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random numbers that can't be predicted outside the process: the key stream of AES in counter mode under a key
 * from {@link SecureRandom}, which is twenty times as fast as asking that for each number.
 */
final class RandomBits {

    private static final int KEY_BYTES = 32;
    private static final int COUNTER_BYTES = 16;
    private static final byte[] ZEROS = new byte[2048];

    private final Cipher cipher;
    private volatile Block block = new Block(ByteBuffer.allocate(0));

    RandomBits() {
        var random = new SecureRandom();
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(bytes(random, KEY_BYTES), "AES"),
                    new IvParameterSpec(bytes(random, COUNTER_BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform has no AES in counter mode", e);
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Takes no lock but once in a while: all recorders of the process draw from here. */
    long nextLong() {
        while (true) {
            var current = block;
            var offset = current.next.getAndAdd(Long.BYTES);
            if (offset < current.bytes.capacity()) {
                return current.bytes.getLong(offset);
            }
            refill(current);
        }
    }

    private synchronized void refill(Block spent) {
        if (block == spent) {
            block = new Block(ByteBuffer.wrap(keyStream()));
        }
    }

    private byte[] keyStream() {
        var stream = new byte[ZEROS.length];
        try {
            cipher.update(ZEROS, 0, ZEROS.length, stream);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key stream ended", e);
        }
        return stream;
    }

    /** A part of the key stream, and where the next number in it begins. */
    private static final class Block {

        private final ByteBuffer bytes;
        private final AtomicInteger next = new AtomicInteger();

        private Block(ByteBuffer bytes) {
            this.bytes = bytes;
        }
    }
}
