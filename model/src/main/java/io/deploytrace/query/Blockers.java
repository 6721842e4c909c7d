package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.SpanNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the step that decided against a deployment into a {@link Blocker}. */
final class Blockers {

    private Blockers() {}

    static Blocker of(Step step, List<Span> within) {
        var span = step.span();
        var metadata = metadataOf(span);
        return new Blocker(
                span,
                OutcomeRules.outcomeOf(step),
                span.attributes().getString(AttributeKeys.RULE_ID),
                Cause.messageOf(span),
                metadata,
                nextEvaluation(span),
                Remedy.of(step, metadata).sentence(),
                Remedy.clearedBy(metadata),
                within);
    }

    private static Attributes metadataOf(Span span) {
        var metadata = Attributes.builder();
        for (var event : span.events()) {
            if (!event.name().equals(SpanNames.RESULT_EVENT) && !event.name().equals(Metadata.EXCEPTION_EVENT)) {
                metadata.putAll(event.attributes());
            }
        }
        return metadata.build();
    }

    /** A text that is no time is as good as none: the answer must not depend on it. */
    static @Nullable Instant nextEvaluation(Span span) {
        var text = span.attributes().getString(AttributeKeys.NEXT_EVALUATION);
        try {
            return text == null ? null : Rfc3339.parse(text);
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
