package io.deploytrace.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.cors.CorsServiceBuilder;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lets pages of other origins ask questions from a browser, with a key that they hold themselves: no cookies, no writing. */
final class CrossOrigin {

    /** Every origin. */
    static final String ANY = "*";

    private static final Pattern ORIGIN =
            Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private static final int PREFLIGHT_SECONDS = 600;

    private CrossOrigin() {}

    /**
     * The origins.
     *
     * @throws IllegalArgumentException if one is none
     */
    static Set<String> checked(Collection<String> origins) {
        for (var origin : origins) {
            if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "--cors-origin must be an origin such as https://deploys.example.com,"
                                + " without a path, or *, but is '" + origin + "'");
            }
        }
        return Set.copyOf(origins);
    }

    static Function<? super HttpService, CorsService> decorator(Set<String> origins) {
        return builder(origins)
                .route("prefix:/api/")
                .allowRequestMethods(HttpMethod.GET, HttpMethod.HEAD)
                .allowRequestHeaders(
                        HttpHeaderNames.AUTHORIZATION, HttpHeaderNames.IF_NONE_MATCH, "last-event-id", "traceparent")
                .exposeHeaders(HttpHeaderNames.ETAG, HttpHeaderNames.RETRY_AFTER)
                .maxAge(PREFLIGHT_SECONDS)
                .newDecorator();
    }

    private static CorsServiceBuilder builder(Set<String> origins) {
        return origins.contains(ANY) ? CorsService.builderForAnyOrigin() : CorsService.builder(origins);
    }
}
