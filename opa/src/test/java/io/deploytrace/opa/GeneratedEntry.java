package io.deploytrace.opa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry that OPA could have logged: input and result of any shape, of which a mask policy erased or replaced some places, as
 * OPA's rules for that have it. It keeps what the policy really decided.
 */
final class GeneratedEntry {

    private static final List<String> KEYS = List.of("allow", "deny", "a", "b", "c d", "e", "0");

    private final Random random;
    private final List<String> erased = new ArrayList<>();
    private final List<String> masked = new ArrayList<>();
    private int texts;

    /** What the policy decided; null when that is undefined. */
    final @Nullable Object decided;

    /** What OPA erased or replaced. */
    final List<String> hidden = new ArrayList<>();

    final Map<String, Object> logged = new LinkedHashMap<>();

    GeneratedEntry(long seed) {
        random = new Random(seed);
        logged.put("decision_id", "d-" + seed);
        logged.put("timestamp", "2026-11-22T09:00:00Z");
        logged.put("input", value(4));
        decided = random.nextInt(6) == 0 ? null : result();
        if (decided != null) {
            logged.put("result", copy(decided));
        }
        for (var i = random.nextInt(4); i > 0; i--) {
            mask(path());
        }
        logged.put("erased", erased);
        logged.put("masked", masked);
    }

    String json() {
        return json(logged);
    }

    private Object result() {
        if (random.nextInt(3) == 0) {
            return value(3);
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("allow", random.nextBoolean());
        result.put("deny", random.nextBoolean() ? list(random.nextInt(3)) : map(random.nextInt(3)));
        return result;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> "text-%05d".formatted(texts++);
            case 1 -> (long) random.nextInt(100);
            case 2 -> random.nextBoolean();
            case 3 -> 0.5 + random.nextInt(9);
            case 4 -> list(random.nextInt(4));
            default -> map(random.nextInt(4));
        };
    }

    private List<Object> list(int size) {
        var list = new ArrayList<Object>();
        for (var i = 0; i < size; i++) {
            list.add(value(2));
        }
        return list;
    }

    private Map<String, Object> map(int size) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < size; i++) {
            map.put(KEYS.get(random.nextInt(KEYS.size())), value(2));
        }
        return map;
    }

    /** Mostly one that leads somewhere. */
    private List<String> path() {
        var path = new ArrayList<String>(List.of(random.nextBoolean() ? "input" : "result"));
        var node = logged.get(path.get(0));
        while (random.nextInt(3) > 0) {
            if (node instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(5) > 0) {
                path.add((String) map.keySet().toArray()[random.nextInt(map.size())]);
                node = map.get(path.get(path.size() - 1));
            } else if (node instanceof List<?> list && !list.isEmpty()) {
                path.add(Integer.toString(random.nextInt(list.size())));
                node = list.get(Integer.parseInt(path.get(path.size() - 1)));
            } else {
                path.add(KEYS.get(random.nextInt(KEYS.size())));
                node = null;
            }
        }
        return path;
    }

    private void mask(List<String> path) {
        if (!logged.containsKey(path.get(0))) {
            return;
        }
        if (random.nextBoolean()) {
            if (remove(logged, path)) {
                erased.add("/" + String.join("/", path));
            }
        } else if (put(logged, path)) {
            masked.add("/" + String.join("/", path));
        }
    }

    @SuppressWarnings("unchecked")
    private boolean remove(@Nullable Object node, List<String> path) {
        var key = path.get(0);
        if (node instanceof Map<?, ?> map && map.containsKey(key)) {
            if (path.size() > 1) {
                return remove(map.get(key), path.subList(1, path.size()));
            }
            hide(map.remove(key));
            return true;
        }
        if (node instanceof List<?> list && key.matches("\\d") && Integer.parseInt(key) < list.size()) {
            if (path.size() > 1) {
                return remove(list.get(Integer.parseInt(key)), path.subList(1, path.size()));
            }
            hide(list.remove(Integer.parseInt(key)));
            return true;
        }
        return false;
    }

    /** Makes the objects that lead there, but no elements of arrays. */
    @SuppressWarnings("unchecked")
    private boolean put(@Nullable Object node, List<String> path) {
        var key = path.get(0);
        if (node instanceof Map<?, ?>) {
            var map = (Map<String, Object>) node;
            if (path.size() > 1) {
                return put(map.computeIfAbsent(key, made -> new LinkedHashMap<>()), path.subList(1, path.size()));
            }
            hide(map.put(key, replacement()));
            return true;
        }
        if (node instanceof List<?> && key.matches("\\d") && Integer.parseInt(key) < ((List<?>) node).size()) {
            var list = (List<Object>) node;
            if (path.size() > 1) {
                return put(list.get(Integer.parseInt(key)), path.subList(1, path.size()));
            }
            hide(list.set(Integer.parseInt(key), replacement()));
            return true;
        }
        return false;
    }

    private Object replacement() {
        return switch (random.nextInt(3)) {
            case 0 -> "**REDACTED**";
            case 1 -> random.nextBoolean();
            default -> new LinkedHashMap<>(Map.of("masked", true));
        };
    }

    private void hide(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::hide);
        } else if (value instanceof List<?> list) {
            list.forEach(this::hide);
        } else if (value instanceof String text && text.startsWith("text-")) {
            hidden.add(text);
        }
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, element) -> copy.put(key, copy(element)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(GeneratedEntry::copy).collect(Collectors.toCollection(ArrayList::new))
                : value;
    }

    static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GeneratedEntry::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
