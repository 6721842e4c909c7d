package io.deploytrace.buffer;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link SpanEncoder} wrote. */
final class SpanDecoder {

    private final List<String> known = new ArrayList<>();
    private final ByteBuffer bytes;

    private SpanDecoder(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * The spans in their order, unmodifiable.
     *
     * @throws IOException if the bytes are of another version or aren't spans
     */
    static List<Span> decode(ByteBuffer bytes) throws IOException {
        try {
            return new SpanDecoder(bytes).spans();
        } catch (RuntimeException e) {
            throw new IOException("The bytes aren't spans", e);
        }
    }

    private List<Span> spans() throws IOException {
        var version = bytes.get();
        if (version != SpanEncoder.VERSION) {
            throw new IOException(
                    "The spans are of version " + version + "; this program reads version " + SpanEncoder.VERSION);
        }
        var spans = new ArrayList<Span>();
        for (var count = number(); count > 0; count--) {
            spans.add(span());
        }
        if (bytes.hasRemaining()) {
            throw new IOException(bytes.remaining() + " bytes are left over");
        }
        return List.copyOf(spans);
    }

    private Span span() {
        var traceId = text();
        var spanId = text();
        var present = bytes.get();
        var parentSpanId = (present & 1) == 0 ? null : text();
        var name = text();
        var startTime = time();
        var endTime = (present & 2) == 0 ? null : time();
        return new Span(traceId, spanId, parentSpanId, name, startTime, endTime, attributes(), events());
    }

    private List<SpanEvent> events() {
        var events = new ArrayList<SpanEvent>();
        for (var count = number(); count > 0; count--) {
            events.add(new SpanEvent(text(), time(), attributes()));
        }
        return events;
    }

    private Attributes attributes() {
        var builder = Attributes.builder();
        for (var count = number(); count > 0; count--) {
            builder.put(text(), value());
        }
        return builder.build();
    }

    private Object value() {
        var type = bytes.get();
        return switch (type) {
            case SpanEncoder.STRING -> text();
            case SpanEncoder.LONG -> signed();
            case SpanEncoder.DOUBLE -> bytes.getDouble();
            case SpanEncoder.TRUE -> true;
            case SpanEncoder.FALSE -> false;
            case SpanEncoder.LIST -> list();
            case SpanEncoder.MAP -> map();
            default -> throw new IllegalStateException("Unknown type " + type);
        };
    }

    private List<Object> list() {
        var list = new ArrayList<Object>();
        for (var count = number(); count > 0; count--) {
            list.add(value());
        }
        return list;
    }

    private Map<String, Object> map() {
        var map = new LinkedHashMap<String, Object>();
        for (var count = number(); count > 0; count--) {
            map.put(text(), value());
        }
        return map;
    }

    private Instant time() {
        return Instant.ofEpochSecond(signed(), number());
    }

    private String text() {
        var head = number();
        var count = Math.toIntExact(head >>> 2);
        var kind = (int) head & 3;
        if (kind == SpanEncoder.KNOWN) {
            return known.get(count);
        }
        var text = kind == SpanEncoder.LATIN ? latin(count) : wide(count);
        if (count <= SpanEncoder.LONGEST_SHARED) {
            known.add(text);
        }
        return text;
    }

    private String latin(int length) {
        return new String(bytes.array(), advance(length), length, StandardCharsets.ISO_8859_1);
    }

    private String wide(int length) {
        var size = Math.multiplyExact(length, Character.BYTES);
        return ByteBuffer.wrap(bytes.array(), advance(size), size)
                .asCharBuffer()
                .toString();
    }

    /** Skips so many bytes, and returns where in the array they began. */
    private int advance(int length) {
        var from = bytes.arrayOffset() + bytes.position();
        bytes.position(bytes.position() + length);
        return from;
    }

    private long signed() {
        var value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    private long number() {
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var octet = bytes.get();
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }
}
