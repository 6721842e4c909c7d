package io.deploytrace.server.ingest;

import io.deploytrace.store.SpanStoreException;
import java.util.List;

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
        var which = refused.get(0).describe();
        if (refused.size() > 1) {
            which += " and " + (refused.size() - 1) + " more";
        }
        return switch (failure.reason()) {
            case UNKNOWN_WORKSPACE ->
                new Rejection(
                        RejectionReason.UNKNOWN_WORKSPACE,
                        refused.size(),
                        which + ": there is no workspace "
                                + refused.get(0).span().workspaceId() + ". Create it first.");
            case CONFLICT ->
                new Rejection(
                        RejectionReason.CONFLICT,
                        refused.size(),
                        which + ": the ids are taken. Send it under new, random ids.");
            default -> new Rejection(RejectionReason.INVALID_SPAN, refused.size(), which + ": " + failure.getMessage());
        };
    }
}
