package io.deploytrace.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values that are easily lost on the way into a database and back. */
final class Values {

    private Values() {}

    static Stream<Object> all() {
        return Stream.of(
                        Stream.of(0L, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, true, false),
                        Stream.of(0.0, -0.0, 1.0, 0.1, 1.0 / 3, 1e15, 1e16, 1e22, 123456789012345680.0, 1e300, 1e-300),
                        Stream.of(Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, 1.5f),
                        Stream.of(
                                List.of(), List.of("a", 1L, 1.0, true), List.of(List.of(), List.of(1)), new int[] {1, 2
                                }),
                        Stream.of(Map.of(), Map.of("a", Map.of("b", List.of(1, "2"))), Instant.EPOCH),
                        texts())
                .flatMap(values -> values);
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "plain",
                "with \"quotes\", 'others', \\ and \\u0041",
                "line\nbreak\r\n\ttab \u0001\u001f\u007f",
                "{\"json\":[null]}",
                "null",
                "naïve — 部署 🚀 \u2028\ufeff\uffff",
                "{a,b}",
                "\\N",
                "$1 ? ?? :name %s");
    }

    static Stream<Instant> times() {
        return Stream.of(
                        "0001-01-01T00:00:00Z",
                        "1582-10-10T12:00:00Z",
                        "1899-12-31T23:59:59.999999Z",
                        "1969-12-31T23:59:59.999999Z",
                        "1970-01-01T00:00:00Z",
                        "2026-03-29T01:30:00.123456Z",
                        "2038-01-19T03:14:08Z",
                        "2262-04-11T23:47:16.854776Z",
                        "9999-12-31T23:59:59.999999Z")
                .map(Instant::parse);
    }
}
