package io.deploytrace.span;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Brings any value into the few types that {@link Attributes} holds. */
final class AttributeValue {

    /** Far beyond what a store accepts, and far from the end of the stack: it stops what contains itself. */
    private static final int MAXIMUM_NESTING = 500;

    private AttributeValue() {}

    static Object normalise(Object value) {
        return normalise(value, 0);
    }

    private static Object normalise(Object value, int nesting) {
        if (nesting > MAXIMUM_NESTING) {
            throw new IllegalArgumentException("An attribute is nested more than " + MAXIMUM_NESTING
                    + " levels deep, or contains itself. Flatten it.");
        }
        if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Double number && isKept(number)) {
            return number;
        }
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        if (value instanceof Collection<?> collection) {
            return ofCollection(collection, nesting);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map, nesting);
        }
        if (value instanceof Object[] array) {
            return ofCollection(Arrays.asList(array), nesting);
        }
        return ofOther(value);
    }

    private static Object ofOther(Object value) {
        if (value instanceof Instant instant) {
            return Rfc3339.format(instant);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value.getClass().isArray() ? ofPrimitives(value) : value.toString();
    }

    private static Object ofPrimitives(Object array) {
        var elements = new ArrayList<Object>(Array.getLength(array));
        for (var i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return ofCollection(elements, 0);
    }

    private static Object ofNumber(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Double || number instanceof Float) {
            return ofDouble(number.doubleValue());
        }
        if (number instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : ofDouble(integer.doubleValue());
        }
        return number instanceof BigDecimal decimal ? ofDouble(decimal.doubleValue()) : number.toString();
    }

    /** Whether the number stays as it is: not so what JSON lacks, and negative zero. */
    private static boolean isKept(double value) {
        return Double.isFinite(value) && value != 0.0;
    }

    private static Object ofDouble(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return value == 0.0 ? 0.0 : value;
    }

    private static Object ofCollection(Collection<?> collection, int nesting) {
        var copy = new ArrayList<Object>(collection.size());
        for (var element : collection) {
            if (element != null) {
                copy.add(normalise(element, nesting + 1));
            }
        }
        return Collections.unmodifiableList(copy);
    }

    private static Object ofMap(Map<?, ?> map, int nesting) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(Objects.toString(key), normalise(value, nesting + 1));
            }
        });
        return Collections.unmodifiableMap(copy);
    }
}
