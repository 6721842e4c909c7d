package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that one caller appends: all of them or none. Encoded by the caller, finished under the writer's lock. */
final class Append {

    private final List<Encoded> records = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private long size;
    private boolean done;
    private @Nullable IOException failure;

    Append(List<List<Span>> calls, long maximumBytes) throws SpoolFullException {
        var limit = (int) Math.min(maximumBytes, Integer.MAX_VALUE - 1_024);
        for (var spans : calls) {
            var encoded = SpanEncoder.encode(spans, Frame.SIZE, limit);
            records.add(new Encoded(encoded.bytes(), encoded.size(), spans.size()));
            size += encoded.size();
        }
    }

    /** One record, its frame still missing or already there. */
    static final class Encoded {

        private final byte[] bytes;
        private final int size;
        private final int spans;
        private Frame frame;

        private Encoded(byte[] bytes, int size, int spans) {
            this.bytes = bytes;
            this.size = size;
            this.spans = spans;
            this.frame = Frame.of(0, spans, Instant.EPOCH, bytes, size);
        }

        private void number(long number, Instant now) {
            frame = new Frame(number, spans, now, frame.length(), frame.checksum());
        }

        void writeTo(Segment segment, long position) throws IOException {
            frame.writeTo(bytes, segment.mark());
            segment.write(position, bytes, size);
        }

        Frame frame() {
            return frame;
        }

        int size() {
            return size;
        }
    }

    /** Gives the records their numbers, and returns the next one. */
    long number(long first, Instant now) {
        var next = first;
        for (var record : records) {
            numbers.add(next);
            record.number(next++, now);
        }
        return next;
    }

    List<Encoded> records() {
        return records;
    }

    long size() {
        return size;
    }

    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    void fail(IOException cause) {
        done = true;
        failure = cause;
    }

    /** The numbers of the calls, in their order; fails as the writing failed. */
    List<Long> numbers() throws IOException {
        if (failure instanceof SpoolFullException full) {
            throw full;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return List.copyOf(numbers);
    }
}
