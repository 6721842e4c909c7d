package io.deploytrace.server;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;

/**
 * The session of a browser: the key that somebody signed in with, in a cookie that scripts can't read and other sites can't send. It is checked
 * at each request as every key is. It counts only where the server's own page asks questions.
 */
final class BrowserSession {

    private static final String NAME = "deploytrace-session";

    /** A browser takes a cookie of such a name from this very host alone, over TLS. */
    private static final String SECURE_NAME = "__Host-" + NAME;

    private static final String BEARER = "Bearer ";

    private BrowserSession() {}

    /** What proves who asks: the headers of that name, or else what the session holds where the route honours it. */
    static List<String> authorization(Route route, ServiceRequestContext context, HttpRequest request) {
        var sent = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        return sent.isEmpty() && route.honoursSession() && isOwnPage(request.headers())
                ? key(context, request.headers())
                : sent;
    }

    private static List<String> key(ServiceRequestContext context, RequestHeaders headers) {
        var name = name(isSecure(context, headers));
        return headers.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(cookie -> BEARER + cookie.value())
                .toList();
    }

    /**
     * Whether a request comes from a page of this server, or from no page. Browsers tell over TLS and on loopback; elsewhere they name the origin
     * of what isn't a plain read.
     */
    static boolean isOwnPage(RequestHeaders headers) {
        var site = headers.get(HttpHeaderNames.SEC_FETCH_SITE);
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin == null || origin.replaceFirst("^https?://", "").equalsIgnoreCase(headers.authority());
    }

    /** Over TLS, also where a proxy in front of the server ends it and says so. */
    private static boolean isSecure(ServiceRequestContext context, RequestHeaders headers) {
        return context.sessionProtocol().isTls()
                || headers.get(HttpHeaderNames.X_FORWARDED_PROTO, "").equalsIgnoreCase("https");
    }

    private static String name(boolean secure) {
        return secure ? SECURE_NAME : NAME;
    }

    /** The header that begins a session with the key of an authorization header; it ends with the browser. */
    static String begin(ServiceRequestContext context, String authorization) {
        var key = authorization.strip().substring(BEARER.length()).strip();
        return cookie(context, key, Long.MIN_VALUE);
    }

    /** The header that ends the session. */
    static String end(ServiceRequestContext context) {
        return cookie(context, "", 0);
    }

    private static String cookie(ServiceRequestContext context, String value, long maxAge) {
        var secure = isSecure(context, context.request().headers());
        return Cookie.secureBuilder(name(secure), value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .maxAge(maxAge)
                .build()
                .toSetCookieHeader();
    }
}
