package io.deploytrace.server.ingest;

import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What became of some spans of a request.
 *
 * @param result what was stored
 * @param sent how many spans that was, several copies of one counted each
 * @param rejections the others; not null
 */
record Part(WriteResult result, int sent, List<Rejection> rejections) {

    static Part stored(WriteResult result, int sent) {
        return new Part(result, sent, List.of());
    }

    static Part rejected(List<Rejection> rejections) {
        return new Part(WriteResult.NOTHING, 0, rejections);
    }

    static Part sum(Collection<Part> parts) {
        var result = WriteResult.NOTHING;
        var sent = 0;
        var rejections = new ArrayList<Rejection>();
        for (var part : parts) {
            result = result.plus(part.result);
            sent += part.sent;
            rejections.addAll(part.rejections);
        }
        return new Part(result, sent, rejections);
    }

    int rejected() {
        return rejections.stream().mapToInt(Rejection::spans).sum();
    }
}
