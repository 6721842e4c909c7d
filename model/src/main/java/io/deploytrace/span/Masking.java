package io.deploytrace.span;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Says which values are secret by their keys. The recorder writes {@value #MASK} in their place, before the span
 * exists, so that neither the store nor any exporter sees them. It looks at the keys of metadata, of attributes, of
 * job configuration, and of maps within these; not into texts, messages or names. The server does the same with what it is sent.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Masking {

    /** What is written instead of a secret value. */
    public static final String MASK = "***";

    private static final int REMEMBERED_KEYS = 1_000;

    private static final Masking STANDARD = new Masking(List.of(Pattern.compile(
            "pass[-_. ]?(word|phrase|wd|code)|pwd|secret|token|authorization|bearer|credential|cookie"
                    + "|(api|access|private|signing|encryption|ssh)[-_. ]?key",
            Pattern.CASE_INSENSITIVE)));
    private static final Masking NONE = new Masking(List.of());

    private final List<Pattern> patterns;
    private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

    private Masking(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * The default: keys that contain, in upper or lower case, password, passwd, passphrase, passcode, pwd, secret, token,
     * authorization, bearer, credential, cookie, api key, access key, private key, signing key, encryption key or
     * ssh key, the two words joined or divided by one of {@code - _ .} or a space.
     */
    public static Masking standard() {
        return STANDARD;
    }

    /** Masks nothing. */
    public static Masking none() {
        return NONE;
    }

    /**
     * Masks what this one masks, and every key in which the regular expression is found. Begin with {@link #none()}
     * to replace the standard patterns.
     *
     * @param regex a {@link Pattern}, matched in upper and lower case; not null
     * @throws java.util.regex.PatternSyntaxException if it is no regular expression
     */
    public Masking and(String regex) {
        Objects.requireNonNull(regex, "regex");
        var more = new ArrayList<>(patterns);
        more.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        return new Masking(more);
    }

    /** Whether the value of this key is masked. */
    public boolean masks(String key) {
        if (patterns.isEmpty()) {
            return false;
        }
        var known = remembered.get(key);
        if (known != null) {
            return known;
        }
        var found = patterns.stream().anyMatch(pattern -> pattern.matcher(key).find());
        if (remembered.size() < REMEMBERED_KEYS) {
            remembered.put(key, found);
        }
        return found;
    }

    /**
     * The value as it may be recorded under the key: {@value #MASK} if the key is secret; in a map, also within lists, the same
     * of each of its keys.
     *
     * @param value as {@link Attributes} hold it; not null
     */
    public Object masked(String key, Object value) {
        return masks(key) ? MASK : maskedWithin(value);
    }

    /** The attributes of an event of this name as they may be recorded; all are secret if the name is. */
    public Attributes maskedEvent(String name, Attributes attributes) {
        if (patterns.isEmpty() || attributes.isEmpty()) {
            return attributes;
        }
        var all = masks(name);
        var masked = Attributes.builder();
        attributes.asMap().forEach((key, value) -> masked.put(key, all ? MASK : masked(key, value)));
        return masked.build();
    }

    private Object maskedWithin(Object value) {
        if (patterns.isEmpty()) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::maskedWithin).toList();
        }
        return value instanceof Map<?, ?> map ? maskedWithin(map) : value;
    }

    private Map<String, Object> maskedWithin(Map<?, ?> map) {
        var masked = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> masked.put((String) key, masked((String) key, value)));
        return masked;
    }
}
