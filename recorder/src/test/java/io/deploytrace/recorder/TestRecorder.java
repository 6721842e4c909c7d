package io.deploytrace.recorder;

import io.deploytrace.span.Span;
import java.util.List;

/** The workspace and target of the tests. */
final class TestRecorder {

    static final String WORKSPACE = "7f6b1f0e-0d3c-4c1e-9a55-0f6f2a3d9b10";
    static final String TARGET = "api-service-production";
    static final String SECRET = "a-secret-of-at-least-thirty-two-bytes";

    private TestRecorder() {}

    /** A builder with a clock that goes on by a second each time it is read. */
    static ReconcileTargetBuilder builder() {
        return ReconcileTarget.builder(WORKSPACE, TARGET).clock(new TestClock());
    }

    static ReconcileTarget start() {
        return builder().start();
    }

    static Span named(String name, List<Span> spans) {
        var found = spans.stream().filter(span -> span.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError("Expected one span '%s' in %s".formatted(name, spans));
        }
        return found.get(0);
    }
}
