package io.deploytrace.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;

/** Reads the protobuf encoding of requests. */
public final class OtlpProtobuf {

    /** Messages within messages: each level of {@link IngestLimits#nesting()} takes three, and what is around an attribute six. */
    public static final int MAXIMUM_DEPTH = 256;

    private OtlpProtobuf() {}

    /**
     * The request. The input stays the caller's; unknown fields are ignored.
     *
     * @throws InvalidRequestException if it is malformed, or nested more than {@value #MAXIMUM_DEPTH} messages deep
     */
    public static ExportTraceServiceRequest parse(byte[] body) {
        return parse(CodedInputStream.newInstance(body));
    }

    /** As {@link #parse(byte[])}, from input of which nothing was read yet. */
    public static ExportTraceServiceRequest parse(CodedInputStream input) {
        input.setRecursionLimit(MAXIMUM_DEPTH);
        try {
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
}
