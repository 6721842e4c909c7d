package io.deploytrace.buffer;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Calls of spans that can be told apart, and what a spool holds of them. */
final class SpoolCalls {

    private SpoolCalls() {}

    /** A call of so many spans, all named by its number. */
    static List<Span> call(int number, int size) {
        var spans = new ArrayList<Span>();
        for (var i = 0; i < size; i++) {
            spans.add(new Span(
                    String.format("%032x", number + 1),
                    String.format("%016x", i + 1),
                    null,
                    "call " + number,
                    Fixtures.START,
                    null,
                    Attributes.of("text", "some text of call " + number),
                    List.of()));
        }
        return spans;
    }

    /** A span with a text as its name. */
    static Span named(String text) {
        return new Span("1", "2", null, text, Fixtures.START, null, Attributes.empty(), List.of());
    }

    static void append(Spool spool, int first, int count) throws IOException {
        for (var number = first; number < first + count; number++) {
            spool.append(List.of(call(number, 2)));
        }
    }

    /** The numbers of the calls that are held, after a look at each of their spans. */
    static List<Integer> held(Spool spool) throws IOException {
        var numbers = new ArrayList<Integer>();
        for (var record : all(spool)) {
            var spans = record.spans();
            var number = Integer.parseInt(spans.get(0).name().substring("call ".length()));
            if (!spans.equals(call(number, spans.size()))) {
                throw new AssertionError("Call " + number + " came back as " + spans);
            }
            numbers.add(number);
        }
        return numbers;
    }

    static List<SpoolRecord> all(Spool spool) throws IOException {
        var all = new ArrayList<SpoolRecord>();
        var after = 0L;
        for (var some = spool.read(after, 50); !some.isEmpty(); some = spool.read(after, 50)) {
            all.addAll(some);
            after = some.get(some.size() - 1).number();
        }
        return all;
    }
}
