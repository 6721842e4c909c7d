package io.deploytrace.span;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An unmodifiable map in one array: a quarter of the memory of a hash map, and as good to search in while it is small. */
final class SmallMap extends AbstractMap<String, Object> {

    /** Keys and values in turn. */
    private final Object[] entries;

    SmallMap(Map<String, Object> map) {
        entries = new Object[2 * map.size()];
        var at = 0;
        for (var entry : map.entrySet()) {
            entries[at++] = entry.getKey();
            entries[at++] = entry.getValue();
        }
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        for (var at = 0; at < entries.length; at += 2) {
            if (entries[at].equals(key)) {
                return entries[at + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return SmallMap.this.size();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {

        private int at;

        @Override
        public boolean hasNext() {
            return at < entries.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at += 2;
            return Map.entry((String) entries[at - 2], entries[at - 1]);
        }
    }
}
