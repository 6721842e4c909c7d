package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Requests made of their description, so that no field is forgotten: what JSON says is what protobuf says. */
class OtlpJsonGeneratedTest {

    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

    /** Of profiles and entities, which requests with spans don't have. */
    private static final Set<String> OTHERS = Set.of("key_strindex", "string_value_strindex", "entity_refs");

    private static final String[] TEXTS = {"", "a", "ä🚀", "\"\\/\b\n\u2028", "x".repeat(300)};

    @RepeatedTest(300)
    void json_isReadAsProtobufIs(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var request = (ExportTraceServiceRequest) fill(ExportTraceServiceRequest.newBuilder(), random, 0);
        var json = new Json(random).print(request);

        assertThat(OtlpJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .as("seed %d: %s", repetition.getCurrentRepetition(), json)
                .isEqualTo(request);
    }

    private static Message fill(Message.Builder message, Random random, int depth) {
        var fields = new ArrayList<>(message.getDescriptorForType().getFields());
        fields.removeIf(field -> OTHERS.contains(field.getName()));
        for (var oneof : message.getDescriptorForType().getOneofs()) {
            var choices = oneof.getFields().stream().filter(fields::contains).toList();
            fields.removeAll(choices);
            fields.add(choices.get(random.nextInt(choices.size())));
        }
        for (var field : fields) {
            if (field.isRepeated()) {
                for (var i = random.nextInt(depth > 10 ? 1 : 4); i > 0; i--) {
                    message.addRepeatedField(field, value(message, field, random, depth));
                }
            } else if (random.nextInt(4) > 0) {
                message.setField(field, value(message, field, random, depth));
            }
        }
        return message.build();
    }

    private static Object value(Message.Builder message, FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case MESSAGE -> fill(message.newBuilderForField(field), random, depth + 1);
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTE_STRING -> bytes(random);
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE ->
                List.of(0.0, -1.5, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY)
                        .get(random.nextInt(6));
            case INT -> random.nextInt();
            case LONG -> random.nextBoolean() ? random.nextLong() : (Long) (long) random.nextInt(10);
            case ENUM -> field.getEnumType().findValueByNumber(random.nextInt(3));
            default -> throw new AssertionError(field);
        };
    }

    private static ByteString bytes(Random random) {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    /** Prints messages in the ways that the encoding allows. */
    private record Json(Random random) {

        String print(Message message) {
            var fields = new ArrayList<String>();
            message.getAllFields().forEach((field, value) -> {
                var name = random.nextInt(10) == 0 ? field.getName() : field.getJsonName();
                fields.add(
                        '"' + name + "\":" + (field.isRepeated() ? list(field, (List<?>) value) : value(field, value)));
            });
            if (random.nextInt(10) == 0) {
                fields.add("\"unknown\":[{}]");
            }
            return "{" + String.join(random.nextBoolean() ? "," : " ,\n ", fields) + "}";
        }

        private String list(FieldDescriptor field, List<?> values) {
            return values.stream().map(value -> value(field, value)).collect(Collectors.joining(",", "[", "]"));
        }

        private String value(FieldDescriptor field, Object value) {
            return switch (field.getJavaType()) {
                case MESSAGE -> print((Message) value);
                case STRING -> quoted((String) value);
                case BYTE_STRING -> bytes(field, (ByteString) value);
                case LONG ->
                    maybeQuoted(
                            field.getType() == FieldDescriptor.Type.FIXED64
                                    ? Long.toUnsignedString((Long) value)
                                    : value.toString());
                case INT -> maybeQuoted(Integer.toUnsignedString((Integer) value));
                case ENUM -> Integer.toString(((EnumValueDescriptor) value).getNumber());
                case DOUBLE -> Double.isFinite((Double) value) ? maybeQuoted(value.toString()) : "\"" + value + '"';
                default -> value.toString();
            };
        }

        private String bytes(FieldDescriptor field, ByteString value) {
            if (!IDS.contains(field.getName())) {
                return '"' + Base64.getEncoder().encodeToString(value.toByteArray()) + '"';
            }
            var hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
            return '"' + hex.formatHex(value.toByteArray()) + '"';
        }

        private String maybeQuoted(String number) {
            return random.nextBoolean() ? number : '"' + number + '"';
        }

        private String quoted(String text) {
            var quoted = new StringBuilder("\"");
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                var plain = c >= ' ' && c != '"' && c != '\\' && random.nextBoolean();
                quoted.append(plain && !Character.isSurrogate(c) ? String.valueOf(c) : "\\u%04x".formatted((int) c));
            }
            return quoted.append('"').toString();
        }
    }
}
