package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.List;

/**
 * The spans of one call, as they lie on the spool.
 *
 * @param number its place in the order in which calls came; unique among what the spool holds
 * @param spans the spans, in the order of the call; unmodifiable
 * @param spooledAt when it was written, by the clock of the process that wrote it
 */
record SpoolRecord(long number, List<Span> spans, Instant spooledAt) {}
