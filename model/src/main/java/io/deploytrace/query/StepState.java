package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a step went in one trace.
 *
 * @param span its span; not null
 * @param verdict a word of {@link io.deploytrace.vocabulary.Status}, as an {@link Outcome} reads it; a status that is none of these as it was
 *     written; null when there is none
 * @param message what it says, in full; of a decision, whose name is its message, the name; null when it says nothing
 */
public record StepState(
        Span span, @Nullable String verdict, @Nullable String message) {

    static StepState of(ComparedStep compared) {
        var span = compared.step().span();
        var message = Cause.messageOf(span);
        var status = compared.step().status();
        return new StepState(
                span,
                status == null ? span.status() : status.value(),
                message == null && compared.kind() == StepKind.DECISION ? span.name() : message);
    }

    static Map<String, Object> metadataOf(@Nullable ComparedStep compared) {
        return compared == null ? Map.of() : Metadata.of(compared.step().span());
    }

    /** The policy rule; null when it names none. */
    public @Nullable String rule() {
        return span.attributes().getString(AttributeKeys.RULE_ID);
    }

    /** How long it took; null while it is open. */
    public @Nullable Duration duration() {
        return span.endTime() == null ? null : Duration.between(span.startTime(), span.endTime());
    }
}
