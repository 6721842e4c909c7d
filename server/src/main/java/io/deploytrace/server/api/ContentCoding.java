package io.deploytrace.server.api;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client can decode. */
public final class ContentCoding {

    private static final Pattern REFUSED = Pattern.compile("q=0(\\.0{1,3})?");

    private ContentCoding() {}

    /** Whether the value of {@code Accept-Encoding} names gzip, without a weight of zero. */
    public static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (var coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = coding.split(";", 2);
            var name = parts[0].strip();
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return parts.length == 1 || !REFUSED.matcher(parts[1].strip()).matches();
            }
        }
        return false;
    }
}
