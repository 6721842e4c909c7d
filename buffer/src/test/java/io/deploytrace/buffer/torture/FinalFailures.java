package io.deploytrace.buffer.torture;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** {@link PlantedBug#NO_RETRY}: nobody in front of this store tries again. */
record FinalFailures(SpanWriter store) implements SpanWriter {

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        return failingForGood(() -> store.write(spans, deadline));
    }

    @Override
    public List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        return failingForGood(() -> store.writeAll(batches, deadline));
    }

    private static <T> T failingForGood(Supplier<T> call) {
        try {
            return call.get();
        } catch (SpanStoreException failure) {
            var reason = failure.isRetryable() ? SpanStoreException.Reason.OTHER : failure.reason();
            throw new SpanStoreException(reason, failure.getMessage(), failure);
        }
    }
}
