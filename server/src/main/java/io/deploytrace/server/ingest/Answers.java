package io.deploytrace.server.ingest;

import java.util.stream.Collectors;

/** Puts what became of a request into words. */
final class Answers {

    private static final int NAMED = 3;

    private Answers() {}

    static IngestAnswer of(Part part) {
        var rejections = part.rejections();
        if (rejections.isEmpty()) {
            return new IngestAnswer(part.result(), 0, null, "");
        }
        return new IngestAnswer(
                part.result(), part.rejected(), rejections.get(0).reason(), message(part));
    }

    private static String message(Part part) {
        var rejected = part.rejected();
        var all = rejected + part.sent();
        var named = part.rejections().stream().limit(NAMED).toList();
        var rest = rejected - named.stream().mapToInt(Rejection::spans).sum();
        return (rejected == 1 ? "1 of %d spans was rejected. " : "%2$d of %1$d spans were rejected. ")
                        .formatted(all, rejected)
                + named.stream().map(Rejection::text).collect(Collectors.joining(" "))
                + (rest == 0 ? "" : " And " + rest + " more.");
    }
}
