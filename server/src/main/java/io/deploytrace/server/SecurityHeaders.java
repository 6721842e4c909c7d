package io.deploytrace.server;

import java.util.Map;

/** What every answer tells a browser not to do with it. */
final class SecurityHeaders {

    static final Map<String, String> HEADERS = Map.of(
            "content-security-policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "no-referrer",
            "cross-origin-resource-policy",
            "same-origin",
            "cross-origin-opener-policy",
            "same-origin",
            "cache-control",
            "no-store");

    private SecurityHeaders() {}
}
