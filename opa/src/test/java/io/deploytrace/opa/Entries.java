package io.deploytrace.opa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Entries of OPA's decision log, of several of its versions, and small ones to vary. */
final class Entries {

    private Entries() {}

    /** The text of one that lies among the resources. */
    static String text(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/entries", name + ".json"));
    }

    static OpaDecision read(String name) throws IOException {
        return OpaDecision.parse(text(name));
    }

    /** The smallest entry with further fields, which are written with ' in place of ". */
    static String with(String... fields) {
        var all = String.join(", ", fields);
        return ("{'decision_id': 'd-1', 'timestamp': '2026-11-22T09:00:00Z'" + (all.isEmpty() ? "" : ", " + all) + "}")
                .replace('\'', '"');
    }

    static OpaDecision decision(String... fields) {
        return OpaDecision.parse(with(fields));
    }
}
