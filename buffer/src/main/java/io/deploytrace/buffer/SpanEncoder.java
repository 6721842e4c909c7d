package io.deploytrace.buffer;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as bytes that {@link SpanDecoder} reads, exactly: any text, also halves of surrogate pairs, any time, any
 * number. Short texts are written once and then named by their place, since the spans of a call share most of them.
 */
final class SpanEncoder {

    /** The version of the format, its first byte. */
    static final byte VERSION = 1;

    static final int KNOWN = 0;
    static final int LATIN = 1;
    static final int WIDE = 2;

    static final byte STRING = 0;
    static final byte LONG = 1;
    static final byte DOUBLE = 2;
    static final byte TRUE = 3;
    static final byte FALSE = 4;
    static final byte LIST = 5;
    static final byte MAP = 6;

    /** Longer texts hardly ever repeat. */
    static final int LONGEST_SHARED = 128;

    private final Map<String, Integer> known = new HashMap<>();
    private final int limit;
    private byte[] bytes;
    private int size;

    private SpanEncoder(int reserved, int limit) {
        this.bytes = new byte[Math.max(8_192, reserved)];
        this.size = reserved;
        this.limit = limit;
    }

    /**
     * Encodes the spans, behind so many bytes that are left free.
     *
     * @throws SpoolFullException if that takes more bytes than the limit
     */
    static SpanEncoder encode(List<Span> spans, int reserved, int limit) throws SpoolFullException {
        var encoder = new SpanEncoder(reserved, limit);
        try {
            encoder.octet(VERSION);
            encoder.number(spans.size());
            for (var span : spans) {
                encoder.span(span);
            }
        } catch (TooLarge e) {
            throw new SpoolFullException("A call of " + spans.size() + " spans takes more than " + limit
                    + " bytes, the most that one call may take on the spool. Write fewer spans at once.");
        }
        return encoder;
    }

    /** The array, of which the first {@link #size()} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    private void span(Span span) {
        text(span.traceId());
        text(span.spanId());
        octet((byte) ((span.parentSpanId() == null ? 0 : 1) | (span.endTime() == null ? 0 : 2)));
        optional(span.parentSpanId());
        text(span.name());
        time(span.startTime());
        if (span.endTime() != null) {
            time(span.endTime());
        }
        attributes(span.attributes());
        number(span.events().size());
        for (var event : span.events()) {
            event(event);
        }
    }

    private void event(SpanEvent event) {
        text(event.name());
        time(event.time());
        attributes(event.attributes());
    }

    private void attributes(Attributes attributes) {
        map(attributes.asMap());
    }

    private void map(Map<?, ?> map) {
        number(map.size());
        for (var entry : map.entrySet()) {
            text((String) entry.getKey());
            value(entry.getValue());
        }
    }

    private void value(Object value) {
        if (value instanceof String string) {
            octet(STRING);
            text(string);
        } else if (value instanceof Long number) {
            octet(LONG);
            signed(number);
        } else if (value instanceof Double number) {
            octet(DOUBLE);
            fixed(Double.doubleToRawLongBits(number));
        } else if (value instanceof Boolean truth) {
            octet(truth ? TRUE : FALSE);
        } else {
            composite(value);
        }
    }

    private void composite(Object value) {
        if (value instanceof List<?> list) {
            octet(LIST);
            number(list.size());
            for (var element : list) {
                value(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            octet(MAP);
            map(map);
        } else {
            throw new IllegalArgumentException("No attribute is of the type " + value.getClass());
        }
    }

    private void time(Instant time) {
        signed(time.getEpochSecond());
        number(time.getNano());
    }

    private void optional(@Nullable String text) {
        if (text != null) {
            text(text);
        }
    }

    private void text(String text) {
        var shared = text.length() <= LONGEST_SHARED;
        var place = shared ? known.putIfAbsent(text, known.size()) : null;
        if (place != null) {
            number(((long) place << 2) | KNOWN);
        } else if (isLatin(text)) {
            number(((long) text.length() << 2) | LATIN);
            raw(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            number(((long) text.length() << 2) | WIDE);
            wide(text);
        }
    }

    private static boolean isLatin(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private void wide(String text) {
        var length = Math.multiplyExact(text.length(), Character.BYTES);
        room(length);
        ByteBuffer.wrap(bytes, size, length).asCharBuffer().put(text);
        size += length;
    }

    private void raw(byte[] source) {
        room(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    private void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    /** Seven bits in each byte, the lowest first; small numbers are short. */
    private void number(long value) {
        room(10);
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void fixed(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += Long.BYTES;
    }

    private void octet(byte value) {
        room(1);
        bytes[size++] = value;
    }

    private void room(int more) {
        var needed = (long) size + more;
        if (needed > limit) {
            throw new TooLarge();
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
    }

    private static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
