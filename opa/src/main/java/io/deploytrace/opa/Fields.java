package io.deploytrace.opa;

import io.deploytrace.span.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an entry by their types. One that holds null counts as absent; of another type, it is refused with its name, its
 * value and what to do.
 */
final class Fields {

    private final Map<String, @Nullable Object> values;
    private final String where;

    private Fields(Map<String, @Nullable Object> values, String where) {
        this.values = values;
        this.where = where;
    }

    /** Those of a value that should be an entry; {@code where} leads to it, and is empty for the only one. */
    @SuppressWarnings("unchecked")
    static Fields of(@Nullable Object entry, String where) {
        if (entry instanceof Map<?, ?> map) {
            return new Fields((Map<String, @Nullable Object>) map, where);
        }
        throw new InvalidOpaDecisionException((where.isEmpty() ? "The entry" : where) + " must be an object, but is "
                + Shown.value(entry) + (entry instanceof List ? ". Pass an array of entries to parseAll." : remedy()));
    }

    private static String remedy() {
        return ". Pass the entry as OPA logged it.";
    }

    /** All of them; not to be shown to anyone before what is erased has been removed. */
    Map<String, @Nullable Object> values() {
        return values;
    }

    String requiredText(String name) {
        var text = text(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "must be there and not blank");
        }
        return text;
    }

    @Nullable String text(String name) {
        var value = values.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name, "must be text");
    }

    Instant requiredTime(String name) {
        try {
            return Rfc3339.parse(requiredText(name));
        } catch (DateTimeException notATime) {
            throw wrong(name, "must be a time such as 2026-11-22T09:00:00Z");
        }
    }

    void checkNumber(String name) {
        if (values.get(name) != null && !(values.get(name) instanceof Number)) {
            throw wrong(name, "must be a number");
        }
    }

    Map<?, ?> object(String name) {
        var value = values.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(name, "must be an object");
    }

    /** A list of paths into the entry. */
    List<EntryPath> paths(String name) {
        var value = values.get(name);
        if (value != null && !(value instanceof List)) {
            throw wrong(name, "must be an array");
        }
        var paths = new ArrayList<EntryPath>();
        for (var element : value == null ? List.of() : (List<?>) value) {
            if (!(element instanceof String path) || path.length() < 2 || !path.startsWith("/")) {
                throw new InvalidOpaDecisionException(at(name + "[" + paths.size() + "]")
                        + " must be a path such as /input/password, but is " + Shown.value(element) + remedy());
            }
            paths.add(EntryPath.ofLogged(path));
        }
        return paths;
    }

    /** The revision of each bundle by the bundle's name, empty where it has none. */
    Map<String, String> revisions() {
        var revisions = new LinkedHashMap<String, String>();
        object("bundles").forEach((name, bundle) -> {
            var path = "bundles." + name;
            var revision = Fields.of(bundle, at(Shown.text(path))).text("revision");
            revisions.put((String) name, revision == null ? "" : revision);
        });
        return revisions;
    }

    private InvalidOpaDecisionException wrong(String name, String what) {
        var value = values.get(name);
        return new InvalidOpaDecisionException(
                at(name) + " " + what + ", but is " + (value == null ? "missing" : Shown.value(value)) + remedy());
    }

    private String at(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }
}
