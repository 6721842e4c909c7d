package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The framing of gRPC: a byte that says whether the message is compressed, its length, and the message. */
final class GrpcFrame {

    private static final int HEADER_BYTES = 5;

    private GrpcFrame() {}

    /** The one message of a call, decompressed. */
    static InputStream message(HttpData body, String encoding, BodyMemory.Share memory) throws IOException {
        var content = body.toInputStream();
        var header = ByteBuffer.wrap(content.readNBytes(HEADER_BYTES));
        if (header.remaining() < HEADER_BYTES) {
            throw malformed("The call has no message.");
        }
        var flag = header.get();
        if (header.getInt() != body.length() - HEADER_BYTES) {
            throw malformed("The call must have one message, as long as its frame says.");
        }
        return switch (flag) {
            case 0 -> content;
            case 1 -> decompressed(content, encoding, memory);
            default -> throw malformed("The frame's first byte must be 0 or 1.");
        };
    }

    /** The message of an answer, as it is. */
    static HttpData of(byte[] message) {
        var frame = ByteBuffer.allocate(HEADER_BYTES + message.length);
        frame.put((byte) 0).putInt(message.length).put(message);
        return HttpData.wrap(frame.array());
    }

    private static InputStream decompressed(InputStream content, String encoding, BodyMemory.Share memory)
            throws IOException {
        return switch (encoding) {
            case "gzip" -> Body.gunzip(content, memory);
            case "identity" -> throw malformed("The message is compressed, but grpc-encoding doesn't say how.");
            default ->
                throw Refusal.unsupported("The grpc-encoding isn't supported. Send gzip, or identity.")
                        .exception();
        };
    }

    private static RefusedException malformed(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, Code.INTERNAL, message, 0).exception();
    }

    /** The text as {@code grpc-message} carries it. */
    static String percentEncoded(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append("%%%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
