package io.deploytrace.opa;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path into an entry: for each step the names by which its key may go. OPA writes the keys of what it erased with the escapes
 * of URLs, policies with those of JSON pointers or with none.
 */
record EntryPath(List<Set<String>> steps) {

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** As RFC 6901 defines it; throws an IllegalArgumentException if it is none. */
    static EntryPath ofPointer(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "A JSON pointer is empty or begins with '/', such as /allow, but this is '" + text + "'");
        }
        var steps = new ArrayList<Set<String>>();
        for (var rest = JsonPointer.compile(text); !rest.matches(); rest = rest.tail()) {
            steps.add(Set.of(rest.getMatchingProperty()));
        }
        return new EntryPath(steps);
    }

    /** As an entry has it in {@code erased} and {@code masked}: begins with a slash. */
    static EntryPath ofLogged(String text) {
        var steps = new ArrayList<Set<String>>();
        for (var key : text.substring(1).split("/", -1)) {
            steps.add(namesOf(key));
        }
        return new EntryPath(steps);
    }

    private static Set<String> namesOf(String key) {
        var names = new HashSet<String>();
        names.add(key);
        names.add(key.replace("~1", "/").replace("~0", "~"));
        try {
            names.add(URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEscaped) {
            return names;
        }
        return names;
    }

    /** This path, behind the one of a field. */
    EntryPath in(String field) {
        var all = new ArrayList<Set<String>>();
        all.add(Set.of(field));
        all.addAll(steps);
        return new EntryPath(all);
    }

    /** Whether one of the two leads to the other, or both to the same. */
    boolean overlaps(EntryPath other) {
        for (var i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            if (Collections.disjoint(steps.get(i), other.steps.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it leads to what the other leads to, or to what that lies in. */
    boolean leadsTo(EntryPath other) {
        return steps.size() <= other.steps.size() && overlaps(other);
    }

    /** Whether both lead through elements of one array: once the one is removed, the indexes behind it name others. */
    boolean shifts(EntryPath other) {
        var last = steps.size() - 1;
        return last < other.steps.size()
                && new EntryPath(steps.subList(0, last)).leadsTo(other)
                && isIndex(steps.get(last))
                && isIndex(other.steps.get(last));
    }

    private static boolean isIndex(Set<String> names) {
        return names.stream().anyMatch(name -> INDEX.matcher(name).matches());
    }

    /** What it leads to; null when that is null or there is nothing. */
    @Nullable Object find(@Nullable Object root) {
        var found = root;
        for (var step : steps) {
            found = child(found, step.iterator().next());
        }
        return found;
    }

    private static @Nullable Object child(@Nullable Object parent, String key) {
        if (parent instanceof Map<?, ?> map) {
            return map.get(key);
        }
        return parent instanceof List<?> list ? element(list, key) : null;
    }

    private static @Nullable Object element(List<?> list, String index) {
        if (!INDEX.matcher(index).matches() || Integer.parseInt(index) >= list.size()) {
            return null;
        }
        return list.get(Integer.parseInt(index));
    }

    /**
     * Removes the key it leads to, in each place that it may mean. An element of an array stays: once OPA has removed one,
     * its index names the next.
     */
    void removeFrom(@Nullable Object root) {
        remove(root, 0);
    }

    private void remove(@Nullable Object parent, int depth) {
        for (var name : steps.get(depth)) {
            if (depth < steps.size() - 1) {
                remove(child(parent, name), depth + 1);
            } else if (parent instanceof Map<?, ?> map) {
                map.remove(name);
            }
        }
    }
}
