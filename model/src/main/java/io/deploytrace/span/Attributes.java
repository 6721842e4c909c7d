package io.deploytrace.span;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a span or of an event: an immutable map from a key to a value that JSON can hold exactly.
 *
 * <p>A value is a {@link String}, {@link Long}, {@link Double}, {@link Boolean}, a {@link java.util.List} or a
 * {@link Map} with string keys of these. Other numbers are widened, {@link java.time.Instant} becomes RFC 3339,
 * NaN and the infinities become the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}, negative
 * zero becomes zero, anything else its {@link Object#toString()}. An entry or element that is null is left out. What
 * a store reads is therefore equal to what was written.
 *
 * <p>Two instances are equal when they hold the same entries, whatever their order. Safe for use by several threads.
 */
public final class Attributes {

    /** What {@link #storableSize()} says of attributes that no store takes. */
    public static final int NOT_STORABLE = -1;

    /** The size of what isn't text: a number, a boolean, and a list or a map beside what it holds. */
    public static final int SCALAR_SIZE = 8;

    private static final int NOT_MEASURED = -2;

    private static final Attributes EMPTY = new Attributes(Map.of());

    /** Never changed, and not wrapped: a view would make an object for each entry that is looked at. */
    private final Map<String, Object> values;

    /** Threads that measure at the same time come to the same result. */
    private int storableSize = NOT_MEASURED;

    private Attributes(Map<String, Object> values) {
        this.values = values;
    }

    /** No attributes at all. */
    public static Attributes empty() {
        return EMPTY;
    }

    /** One attribute. */
    public static Attributes of(String key, Object value) {
        Objects.requireNonNull(key, "key");
        return new Attributes(Collections.singletonMap(key, AttributeValue.normalise(value)));
    }

    /** A copy of the map, in its order. Null values are left out. */
    public static Attributes copyOf(Map<String, ? extends @Nullable Object> values) {
        var builder = builder();
        values.forEach(builder::put);
        return builder.build();
    }

    /** A builder without attributes; not safe for use by several threads. */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** A builder that begins with these attributes. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(values));
    }

    /** Equal attributes that take as little memory as can be, for whoever holds very many; for few entries, since each look-up walks over them. */
    public Attributes compacted() {
        return isEmpty() ? EMPTY : new Attributes(new SmallMap(values));
    }

    /** The value, or null when there is none. */
    public @Nullable Object get(String key) {
        return values.get(key);
    }

    /** The value if it is a string, else null. */
    public @Nullable String getString(String key) {
        return values.get(key) instanceof String string ? string : null;
    }

    /** The value if it is an integer that fits, else null. */
    public @Nullable Integer getInteger(String key) {
        return values.get(key) instanceof Long number && number.intValue() == number
                ? (Integer) number.intValue()
                : null;
    }

    /** All entries in the order they were put; unmodifiable. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    /** The number of attributes. */
    public int size() {
        return values.size();
    }

    /**
     * How large the attributes are, as {@link io.deploytrace.store.SpanBatch#MAXIMUM_SPAN_SIZE} counts, or
     * {@value #NOT_STORABLE} if every store refuses them for one of their texts, for their nesting or for that size. The
     * first call looks at each character, further ones at none.
     */
    public int storableSize() {
        var size = storableSize;
        if (size == NOT_MEASURED) {
            size = StorableSize.of(values);
            storableSize = size;
        }
        return size;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes attributes && values.equals(attributes.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects attributes; a later value replaces an earlier one of the same key. */
    public static final class Builder {

        private Map<String, Object> values;
        private boolean built;

        private Builder(Map<String, Object> values) {
            this.values = values;
        }

        /**
         * Adds an attribute; a null value is left out. The types of values are those of {@link Attributes}.
         *
         * @throws IllegalArgumentException if the value is nested more than 500 levels deep, or contains itself
         */
        public Builder put(String key, @Nullable Object value) {
            Objects.requireNonNull(key, "key");
            if (value != null) {
                own().put(key, AttributeValue.normalise(value));
            }
            return this;
        }

        /** Adds all of the other attributes. */
        public Builder putAll(Attributes attributes) {
            own().putAll(attributes.values);
            return this;
        }

        /** The map to change: a copy once the former one belongs to what was built. */
        private Map<String, Object> own() {
            if (built) {
                values = new LinkedHashMap<>(values);
                built = false;
            }
            return values;
        }

        /** The attributes so far; what is added later doesn't change them. */
        public Attributes build() {
            if (values.isEmpty()) {
                return EMPTY;
            }
            built = true;
            return new Attributes(values);
        }
    }
}
