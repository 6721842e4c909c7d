package io.deploytrace.ci;

import java.util.Map;
import java.util.regex.Pattern;

/** The environment variables of a job; one that isn't set counts as empty. */
record RunnerVariables(Map<String, String> variables) {

    String get(String name) {
        return variables.getOrDefault(name, "");
    }

    boolean is(String name, String value) {
        return get(name).equals(value);
    }

    /** The first that isn't empty; empty if all are. */
    String first(String... names) {
        for (var name : names) {
            if (!get(name).isEmpty()) {
                return get(name);
            }
        }
        return "";
    }

    /** Empty if it has the value that means nothing. */
    String unless(String name, String nothing) {
        return is(name, nothing) ? "" : get(name);
    }

    /** Both with the text between; empty if one is. */
    String joined(String name, String between, String other) {
        return get(name).isEmpty() || get(other).isEmpty() ? "" : get(name) + between + get(other);
    }

    /** What the pattern's group finds in the whole text; empty if it isn't of that form. */
    String part(String name, String pattern) {
        if (get(name).isEmpty()) {
            return "";
        }
        var matcher = Pattern.compile(pattern).matcher(get(name));
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** Whether what is built is a tag or a branch; empty if it is neither. */
    String refType(String tag, String... branches) {
        if (!get(tag).isEmpty()) {
            return "tag";
        }
        return first(branches).isEmpty() ? "" : "branch";
    }

    /** All of them, divided by spaces. */
    String all(String... names) {
        var all = new StringBuilder();
        for (var name : names) {
            all.append(get(name)).append(' ');
        }
        return all.toString().strip();
    }
}
