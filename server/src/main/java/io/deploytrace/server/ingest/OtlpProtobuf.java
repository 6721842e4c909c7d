package io.deploytrace.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Reads the protobuf encoding of requests. */
public final class OtlpProtobuf {

    /** A body that can be read more than once. */
    @FunctionalInterface
    public interface Body {

        /** Its content from the start, for the caller to close. */
        InputStream open() throws IOException;
    }

    /** Messages within messages: each level of {@link IngestLimits#nesting()} takes three, and what is around an attribute six. */
    public static final int MAXIMUM_DEPTH = 256;

    /**
     * Messages of a request, each of which takes memory however small it is in the body: an attribute is two. More than the default
     * {@link IngestLimits#requestSize()} allows.
     */
    public static final long MAXIMUM_MESSAGES = 2_000_000;

    private OtlpProtobuf() {}

    /**
     * The request; unknown fields are ignored.
     *
     * @throws InvalidRequestException if it is malformed, holds more than {@value #MAXIMUM_MESSAGES} messages, or is nested more
     *     than {@value #MAXIMUM_DEPTH} messages deep
     */
    public static ExportTraceServiceRequest parse(byte[] body) {
        return parse(ByteBuffer.wrap(body), messages -> {});
    }

    /** As {@link #parse(Body, LongConsumer)}, of what the buffer has left, which stays there. */
    public static ExportTraceServiceRequest parse(ByteBuffer body, LongConsumer messages) {
        return parsed(() -> {
            messages.accept(count(CodedInputStream.newInstance(body)));
            return request(CodedInputStream.newInstance(body));
        });
    }

    /**
     * As {@link #parse(byte[])}. Reads the body twice: what it holds is counted before it is made.
     *
     * @param messages is told how many messages are about to be made; what it throws is thrown on
     */
    public static ExportTraceServiceRequest parse(Body body, LongConsumer messages) {
        return parsed(() -> {
            try (var first = body.open();
                    var second = body.open()) {
                messages.accept(count(CodedInputStream.newInstance(first)));
                return request(CodedInputStream.newInstance(second));
            }
        });
    }

    private static long count(CodedInputStream input) throws IOException {
        return MessageCount.of(limited(input), MAXIMUM_MESSAGES);
    }

    private interface Parsing {
        ExportTraceServiceRequest run() throws IOException;
    }

    private static ExportTraceServiceRequest parsed(Parsing parsing) {
        try {
            return parsing.run();
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidRequestException(
                    "The body is no ExportTraceServiceRequest in protobuf: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidRequestException("The body can't be read: " + e.getMessage(), e);
        }
    }

    private static ExportTraceServiceRequest request(CodedInputStream input) throws IOException {
        var request = ExportTraceServiceRequest.parseFrom(limited(input));
        input.checkLastTagWas(0);
        return request;
    }

    private static CodedInputStream limited(CodedInputStream input) {
        input.setRecursionLimit(MAXIMUM_DEPTH);
        return input;
    }
}
