package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A summary that is about to be written.
 *
 * @param summary the summary
 * @param createdAt when the first of its spans that are stored already was written; null if there are none
 * @param step the number of the trace within the write
 */
record NewSummary(TraceSummary summary, @Nullable Instant createdAt, int step) {}
