package io.deploytrace.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction of a connection to PostgreSQL into the messages of its protocol (version 3). What isn't of that
 * protocol, an encrypted connection for one, passes in pieces as they come. Used by one thread.
 */
final class PostgresMessages {

    /** The type of what has none: the first message of a client, the answer whether to encrypt, pieces. */
    static final char NO_TYPE = 0;

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int HEADER = 5;
    private static final int LARGEST = 1 << 30;

    private final InputStream input;
    private final Handshake handshake;
    private final boolean fromClient;
    private boolean started;

    /** What both directions of a connection know about its beginning. */
    static final class Handshake {
        private volatile boolean encryptionAsked;
        private volatile boolean unreadable;
    }

    /** A message of a type of the protocol, or of {@link #NO_TYPE}, with all its bytes, the type included. */
    static final class Message {

        private final char type;
        private final byte[] bytes;

        Message(char type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        char type() {
            return type;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    PostgresMessages(InputStream input, Handshake handshake, boolean fromClient) {
        this.input = new BufferedInputStream(input, 65_536);
        this.handshake = handshake;
        this.fromClient = fromClient;
        this.started = !fromClient;
    }

    /** Whether the next message, or a part of it, has come already. */
    boolean isMoreThere() throws IOException {
        return input.available() > 0;
    }

    /** The next message, or what came of it before the end; null at the end. */
    @Nullable Message next() throws IOException {
        if (handshake.unreadable) {
            return piece(65_536);
        }
        if (!fromClient && handshake.encryptionAsked) {
            return encryptionAnswer();
        }
        return started ? typed() : first();
    }

    private @Nullable Message encryptionAnswer() throws IOException {
        handshake.encryptionAsked = false;
        var answer = piece(1);
        handshake.unreadable = answer != null && answer.bytes()[0] != 'N';
        return answer;
    }

    private @Nullable Message first() throws IOException {
        var header = input.readNBytes(8);
        if (header.length < 8) {
            return header.length == 0 ? null : new Message(NO_TYPE, header);
        }
        var length = ByteBuffer.wrap(header).getInt();
        var code = ByteBuffer.wrap(header).getInt(4);
        handshake.encryptionAsked = code == SSL_REQUEST || code == GSS_REQUEST;
        started = !handshake.encryptionAsked;
        return whole(NO_TYPE, header, length - 8);
    }

    private @Nullable Message typed() throws IOException {
        var header = input.readNBytes(HEADER);
        if (header.length < HEADER) {
            return header.length == 0 ? null : new Message(NO_TYPE, header);
        }
        return whole((char) header[0], header, ByteBuffer.wrap(header).getInt(1) - 4);
    }

    private Message whole(char type, byte[] header, int rest) throws IOException {
        if (rest < 0 || rest > LARGEST) {
            handshake.unreadable = true;
            return new Message(NO_TYPE, header);
        }
        var body = input.readNBytes(rest);
        var bytes = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, bytes, header.length, body.length);
        return new Message(type, bytes);
    }

    private @Nullable Message piece(int most) throws IOException {
        var bytes = new byte[most];
        var length = input.read(bytes);
        return length < 0 ? null : new Message(NO_TYPE, Arrays.copyOf(bytes, length));
    }
}
