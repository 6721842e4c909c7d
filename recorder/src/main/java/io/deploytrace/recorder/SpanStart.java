package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a span starts.
 *
 * @param status what it has while it is open
 * @param endStatus what it ends with if nothing happens to it
 * @param attributes those beyond what every span carries
 */
record SpanStart(String name, Phase phase, NodeType nodeType, Status status, Status endStatus, Attributes attributes) {

    /** The root, with what set the reconciliation off. */
    static SpanStart root(@Nullable String trigger) {
        var start = running(SpanNames.reconciliation(trigger), Phase.RECONCILIATION, NodeType.PHASE, Status.FAILED);
        return trigger == null ? start : start.with(Attributes.of(AttributeKeys.TRIGGER, trigger));
    }

    /** A span that runs until it is ended. */
    static SpanStart running(String name, Phase phase, NodeType nodeType, Status endStatus) {
        return new SpanStart(name, phase, nodeType, Status.RUNNING, endStatus, Attributes.empty());
    }

    /** A span that ends at once. */
    static SpanStart instant(String name, Phase phase, NodeType nodeType, Status status, Attributes attributes) {
        return new SpanStart(name, phase, nodeType, status, status, attributes);
    }

    SpanStart with(Attributes more) {
        return new SpanStart(name, phase, nodeType, status, endStatus, more);
    }
}
