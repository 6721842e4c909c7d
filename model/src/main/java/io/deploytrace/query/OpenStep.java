package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.List;

/**
 * A step that has begun and not ended, and within which nothing else has.
 *
 * @param span its span; not null
 * @param within the jobs in whose linked traces it lies, as in {@link Blocker#within()}; not null, unmodifiable
 */
public record OpenStep(Span span, List<Span> within) {

    /** Copies the list. */
    public OpenStep {
        within = List.copyOf(within);
    }
}
