package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpData;
import io.deploytrace.server.api.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The framing of gRPC: a byte that says whether the message is compressed, its length, and the message. */
final class GrpcFrame {

    private static final int HEADER_BYTES = 5;

    private GrpcFrame() {}

    /**
     * A message as it lies in its frame.
     *
     * @param content what is left in the buffer, which has an array
     * @param isCompressed whether it is compressed, by gzip
     */
    record Message(ByteBuffer content, boolean isCompressed) {}

    /** The one message of a call. */
    static Message message(HttpData body, String encoding) {
        if (body.length() < HEADER_BYTES) {
            throw malformed("The call has no message.");
        }
        var frame = ByteBuffer.wrap(body.array());
        var flag = frame.get();
        if (frame.getInt() != frame.remaining()) {
            throw malformed("The call must have one message, as long as its frame says.");
        }
        return switch (flag) {
            case 0 -> new Message(frame, false);
            case 1 -> new Message(frame, isGzip(encoding));
            default -> throw malformed("The frame's first byte must be 0 or 1.");
        };
    }

    /** The message of an answer, as it is. */
    static HttpData of(byte[] message) {
        var frame = ByteBuffer.allocate(HEADER_BYTES + message.length);
        frame.put((byte) 0).putInt(message.length).put(message);
        return HttpData.wrap(frame.array());
    }

    private static boolean isGzip(String encoding) {
        return switch (encoding) {
            case "gzip" -> true;
            case "identity" -> throw malformed("The message is compressed, but grpc-encoding doesn't say how.");
            default ->
                throw Refusal.unsupported("The grpc-encoding isn't supported. Send gzip, or identity.")
                        .exception();
        };
    }

    private static RefusedException malformed(String message) {
        return Refusal.of(Problem.INVALID_REQUEST, Code.INTERNAL, message).exception();
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
