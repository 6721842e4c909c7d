package io.deploytrace.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

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
     * The request. The input stays the caller's; unknown fields are ignored.
     *
     * @throws InvalidRequestException if it is malformed, holds more than {@value #MAXIMUM_MESSAGES} messages, or is nested more
     *     than {@value #MAXIMUM_DEPTH} messages deep
     */
    public static ExportTraceServiceRequest parse(byte[] body) {
        return parse(() -> new ByteArrayInputStream(body));
    }

    /** As {@link #parse(byte[])}. Reads the body twice: what it holds is counted before it is made. */
    public static ExportTraceServiceRequest parse(Body body) {
        try (var first = body.open();
                var second = body.open()) {
            MessageCount.check(limited(first), MAXIMUM_MESSAGES);
            var input = limited(second);
            var request = ExportTraceServiceRequest.parseFrom(input);
            input.checkLastTagWas(0);
            return request;
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidRequestException(
                    "The body is no ExportTraceServiceRequest in protobuf: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidRequestException("The body can't be read: " + e.getMessage(), e);
        }
    }

    private static CodedInputStream limited(InputStream body) {
        var input = CodedInputStream.newInstance(body);
        input.setRecursionLimit(MAXIMUM_DEPTH);
        return input;
    }
}
