package io.deploytrace.ci;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** States of jobs whose texts hold what files and messages might stumble over; the same ones for a seed. */
final class GeneratedStates {

    private static final List<String> HOSTILE = List.of(
            "",
            "\"",
            "\\",
            "\\u0000",
            "a\nb\r\n\tc",
            "\u0000\u0001\u001b[31m\u007f",
            "{\"open\":[]}",
            "null",
            "\u00fcn\u00efc\u00f6d\u00e9 \u2028\u2029",
            "\ud83d\ude80",
            "\ud83d",
            "a\ude80b",
            "\ufeff\uffff",
            "x".repeat(10_000));

    private final Random random;

    GeneratedStates(long seed) {
        this.random = new Random(seed);
    }

    JobState next() {
        return new JobState(
                text(),
                several(this::span),
                several(() -> new UnsentSpan(name(), text())),
                random.nextLong(),
                random.nextBoolean());
    }

    private JobSpan span() {
        return new JobSpan(
                text(),
                maybe(this::text),
                text(),
                time(),
                random.nextLong(),
                random.nextBoolean(),
                maybe(() -> new Traceparent(RandomIds.traceId(), RandomIds.spanId())),
                attributes(),
                several(() -> new Note(text(), text(), time())));
    }

    private Map<String, Object> attributes() {
        var attributes = new HashMap<String, Object>();
        several(this::name).forEach(key -> attributes.put(key, random.nextBoolean() ? text() : random.nextLong()));
        return attributes;
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000));
    }

    /** Ids and keys of attributes are ours, so that the worst can't be in them. */
    private String name() {
        return text().replaceAll("\\p{Cs}", "?");
    }

    private String text() {
        return HOSTILE.get(random.nextInt(HOSTILE.size())) + HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> several(Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(5)).toList();
    }
}
