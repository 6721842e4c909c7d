package io.deploytrace.server.ingest;

import io.deploytrace.store.SpanStoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a store's refusals are to a sender. */
final class StoreRefusals {

    private StoreRefusals() {}

    /** Whether the spans are at fault, and not the store. */
    static boolean isRefusal(SpanStoreException failure) {
        return switch (failure.reason()) {
            case INVALID_SPAN, UNKNOWN_WORKSPACE, CONFLICT -> true;
            default -> false;
        };
    }

    /** The rejection of spans that were refused together. */
    static Rejection rejection(List<Received> refused, SpanStoreException failure) {
        var one = refused.size() == 1;
        return switch (failure.reason()) {
            case UNKNOWN_WORKSPACE ->
                of(
                        RejectionReason.UNKNOWN_WORKSPACE,
                        refused,
                        "there is no workspace " + refused.get(0).span().workspaceId() + ". Create it first.");
            case CONFLICT ->
                of(
                        RejectionReason.CONFLICT,
                        refused,
                        (one ? "its ids are taken." : "the ids of at least one of them are taken.")
                                + " Send new, random ids.");
            default -> of(RejectionReason.INVALID_SPAN, refused, problem(failure));
        };
    }

    /** What the database itself says may quote values and tell of its tables: that is for the log, where the buffer wrote it. */
    private static String problem(SpanStoreException failure) {
        return isOfTheDatabase(failure)
                ? "the database can't hold one of its values. The server's log says more."
                : String.valueOf(failure.getMessage());
    }

    private static boolean isOfTheDatabase(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(SQLException.class::isInstance);
    }

    private static Rejection of(RejectionReason reason, List<Received> refused, String problem) {
        var more = refused.size() - 1;
        var which = refused.get(0).describe() + (more == 0 ? "" : " and " + more + " more");
        return new Rejection(reason, refused.size(), which, problem);
    }
}
