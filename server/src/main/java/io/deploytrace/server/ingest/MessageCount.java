package io.deploytrace.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the messages in a request without making them: one that is empty has two bytes in the body, and a hundred in memory. Not safe for
 * use by several threads.
 */
final class MessageCount {

    /** Where messages lie in messages of one type: their types, by field number. */
    private static final class Type {

        private static final Type REQUEST = of(ExportTraceServiceRequest.getDescriptor(), new HashMap<>());

        private final Map<Integer, Type> fields = new HashMap<>();

        private static Type of(Descriptor message, Map<Descriptor, Type> known) {
            var before = known.get(message);
            if (before != null) {
                return before;
            }
            var type = new Type();
            known.put(message, type);
            for (var field : message.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    type.fields.put(field.getNumber(), of(field.getMessageType(), known));
                }
            }
            return type;
        }
    }

    private final long maximum;
    private long count;

    private MessageCount(long maximum) {
        this.maximum = maximum;
    }

    /**
     * How many there are. Reads the request to its end.
     *
     * @throws InvalidRequestException if it holds more messages than the maximum
     * @throws IOException if it is malformed
     */
    static long of(CodedInputStream request, long maximum) throws IOException {
        var messages = new MessageCount(maximum);
        messages.read(request, Type.REQUEST, 0);
        request.checkLastTagWas(0);
        return messages.count;
    }

    private void read(CodedInputStream input, Type type, int depth) throws IOException {
        for (var tag = input.readTag(); tag != 0; tag = input.readTag()) {
            var field = type.fields.get(WireFormat.getTagFieldNumber(tag));
            if (field != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                message(input, field, depth + 1);
            } else if (!input.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that didn't begin");
            }
        }
    }

    private void message(CodedInputStream input, Type type, int depth) throws IOException {
        if (++count > maximum) {
            throw new InvalidRequestException(
                    "The body holds more than " + maximum + " messages. Send fewer spans in one request.", null);
        }
        if (depth > OtlpProtobuf.MAXIMUM_DEPTH) {
            throw new InvalidProtocolBufferException("messages are nested too deeply");
        }
        var outer = input.pushLimit(input.readRawVarint32());
        read(input, type, depth);
        input.checkLastTagWas(0);
        input.popLimit(outer);
    }
}
