package io.deploytrace.opa;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sentences in what a policy says: in a text, a set of texts, or objects that hold one. */
final class Texts {

    private static final List<String> KEYS = List.of("message", "msg", "reason");

    private Texts() {}

    /** All of them, in order; none where the value says nothing. */
    static List<String> of(@Nullable Object value) {
        return stream(value).filter(text -> !text.isBlank()).toList();
    }

    private static Stream<String> stream(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(Texts::stream);
        }
        if (value instanceof Map<?, ?> map) {
            return KEYS.stream()
                    .map(map::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .map(Stream::of)
                    .orElseGet(() -> map.entrySet().stream().flatMap(Texts::ofEntry));
        }
        return value == null ? Stream.empty() : Stream.of(value.toString());
    }

    /** A key that is true is a reason by its name, and none if it is false. */
    private static Stream<String> ofEntry(Map.Entry<?, ?> entry) {
        if (entry.getValue() instanceof Boolean applies) {
            return applies ? Stream.of((String) entry.getKey()) : Stream.empty();
        }
        return stream(entry.getValue()).map(text -> entry.getKey() + ": " + text);
    }
}
