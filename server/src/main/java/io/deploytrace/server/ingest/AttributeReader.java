package io.deploytrace.server.ingest;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Masking;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.OtelKeys;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of one request: within the limits, masked, without those that the sender may not set. */
final class AttributeReader {

    /** What has a column says where the span belongs; masked it would belong nowhere. */
    private static final Set<String> COLUMNS = Set.of(
            AttributeKeys.WORKSPACE_ID,
            AttributeKeys.RELEASE_TARGET_KEY,
            AttributeKeys.RELEASE_ID,
            AttributeKeys.JOB_ID,
            AttributeKeys.PARENT_TRACE_ID,
            AttributeKeys.PHASE,
            AttributeKeys.NODE_TYPE,
            AttributeKeys.STATUS,
            AttributeKeys.DEPTH,
            AttributeKeys.SEQUENCE);

    private final IngestLimits limits;
    private final Masking masking;
    private final Predicate<String> ignored;
    private final RequestSize size;

    AttributeReader(IngestLimits limits, Masking masking, Predicate<String> ignored, RequestSize size) {
        this.limits = limits;
        this.masking = masking;
        this.ignored = ignored;
        this.size = size;
    }

    /** Puts the attributes into the map, each key behind the prefix; of several with one key the last stays. */
    void read(List<KeyValue> attributes, String prefix, Map<String, Object> into) {
        for (var attribute : attributes) {
            var key = attribute.getKey();
            if (ignored.test(key)) {
                continue;
            }
            var value = value(text("a key", key), attribute.getValue(), 0);
            if (value != null) {
                into.put(prefix + key, COLUMNS.contains(key) ? value : masking.masked(key, value));
            }
        }
    }

    /** The attributes of an event. */
    Attributes readEvent(Span.Event event) {
        var values = new LinkedHashMap<String, Object>();
        read(event.getAttributesList(), "", values);
        var masked = masking.maskedEvent(event.getName(), Attributes.copyOf(values));
        var dropped = event.getDroppedAttributesCount();
        return dropped == 0
                ? masked
                : masked.toBuilder()
                        .put(OtelKeys.DROPPED_ATTRIBUTES_COUNT, Integer.toUnsignedLong(dropped))
                        .build();
    }

    /** The text, if it isn't too long; {@code what} names it in a refusal. */
    String text(String what, String text) {
        if (text.length() > limits.valueLength()) {
            throw new Refusal(
                    RejectionReason.VALUE_TOO_LONG,
                    "%s has %d characters, but at most %d are taken. Shorten it, or store it elsewhere and record where."
                            .formatted(what, text.length(), limits.valueLength()));
        }
        size.add(text.length());
        return text;
    }

    /** Null for what has no value, which isn't kept. */
    private @Nullable Object value(String key, AnyValue value, int nesting) {
        size.addElement();
        return switch (value.getValueCase()) {
            case STRING_VALUE -> text(key, value.getStringValue(), "attribute");
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> bytes(key, value);
            case ARRAY_VALUE -> list(key, value.getArrayValue().getValuesList(), nesting + 1);
            case KVLIST_VALUE -> map(key, value.getKvlistValue().getValuesList(), nesting + 1);
            default -> null;
        };
    }

    private String text(String key, String text, String kind) {
        return text.length() > limits.valueLength() ? text(kind + " " + Shown.text(key), text) : counted(text);
    }

    private String counted(String text) {
        size.add(text.length());
        return text;
    }

    private Object bytes(String key, AnyValue value) {
        var length = (value.getBytesValue().size() + 2L) / 3 * 4;
        if (length > limits.valueLength()) {
            throw new Refusal(
                    RejectionReason.VALUE_TOO_LONG,
                    "attribute %s has %d characters in base64, but at most %d are taken. Store it elsewhere and record where."
                            .formatted(Shown.text(key), length, limits.valueLength()));
        }
        size.add(length);
        return value.getBytesValue().toByteArray();
    }

    private List<Object> list(String key, List<AnyValue> elements, int nesting) {
        checkNesting(key, nesting);
        var list = new ArrayList<Object>(elements.size());
        for (var element : elements) {
            var value = value(key, element, nesting);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private Map<String, Object> map(String key, List<KeyValue> entries, int nesting) {
        checkNesting(key, nesting);
        var map = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            var value = value(key, entry.getValue(), nesting);
            if (value != null) {
                map.put(text("a key", entry.getKey()), value);
            }
        }
        return map;
    }

    private void checkNesting(String key, int nesting) {
        if (nesting > limits.nesting()) {
            throw new Refusal(
                    RejectionReason.TOO_DEEPLY_NESTED,
                    "attribute %s is nested more than %d levels deep. Flatten it."
                            .formatted(Shown.text(key), limits.nesting()));
        }
    }
}
