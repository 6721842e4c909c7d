package io.deploytrace.server.ingest;

import java.util.Objects;

/** One span can't be taken: why, in words that follow the span's name. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    Refusal(RejectionReason reason, String problem) {
        super(problem, null, false, false);
        this.reason = reason;
    }

    /** There is more of something than is taken. */
    static Refusal tooMany(RejectionReason reason, String what, int count, int limit) {
        return new Refusal(
                reason, "it has %d %s, but at most %d are taken. Record less.".formatted(count, what, limit));
    }

    RejectionReason reason() {
        return reason;
    }

    String problem() {
        return Objects.requireNonNull(getMessage());
    }
}
