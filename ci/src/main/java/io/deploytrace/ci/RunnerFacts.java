package io.deploytrace.ci;

import java.util.HashMap;
import java.util.Map;

/** Collects what a job knows about itself; what is empty is left out. */
final class RunnerFacts {

    private final Map<String, Object> facts = new HashMap<>();

    RunnerFacts put(String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
        return this;
    }

    /** Without what may be secret in an address. */
    RunnerFacts putUrl(String key, String url) {
        return put(key, PublicUrl.of(url));
    }

    /** The number plus an offset; what is no number is left out. */
    RunnerFacts putNumber(String key, String number, int offset) {
        if (number.matches("[0-9]{1,9}")) {
            facts.put(key, Long.parseLong(number) + offset);
        }
        return this;
    }

    Map<String, Object> all() {
        return facts;
    }
}
