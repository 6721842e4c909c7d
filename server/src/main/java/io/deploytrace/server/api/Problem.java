package io.deploytrace.server.api;

import java.util.Locale;

/** The types of problem that the server answers with (RFC 9457). Their names are stable: clients decide by them. */
public enum Problem {
    /** The request can't be read, or isn't one of HTTP as it is spoken here. */
    INVALID_REQUEST(400, "The request can't be read"),
    /** A parameter isn't known here, is given twice, or has a value that isn't allowed. */
    INVALID_PARAMETER(400, "A parameter isn't valid"),
    /** A cursor was changed, or belongs to another list, workspace or filter. */
    INVALID_CURSOR(400, "The cursor isn't valid"),
    /** No credentials were sent, or not valid ones. */
    UNAUTHENTICATED(401, "A key is needed"),
    /** The credentials are valid, but not good for this. */
    FORBIDDEN(403, "Not allowed"),
    /** There is no such route. */
    NOT_FOUND(404, "Nothing here"),
    /** There is no such workspace, or the credentials aren't good for it. */
    WORKSPACE_NOT_FOUND(404, "No such workspace"),
    /** The workspace has no such trace. */
    TRACE_NOT_FOUND(404, "No such trace"),
    /** The route has other methods. */
    METHOD_NOT_ALLOWED(405, "The method isn't allowed here"),
    /** The request didn't come in time. */
    REQUEST_TIMEOUT(408, "The request didn't come in time"),
    /** The body is too large, compressed or not. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** The content type or the content encoding isn't supported. */
    UNSUPPORTED_MEDIA_TYPE(415, "The content type isn't supported"),
    /** The request names a host that the server doesn't answer for. */
    MISDIRECTED_REQUEST(421, "Another host is meant"),
    /** The server answers as many requests as it can, or as many of this client. */
    TOO_MANY_REQUESTS(429, "Too many requests"),
    /** The headers, or the path with its query, are too large. */
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    /** The server failed; its log says why. */
    INTERNAL_ERROR(500, "The server failed"),
    /** The database is away or slow, or the server stops. */
    UNAVAILABLE(503, "Not available now");

    private static final String PREFIX = "urn:deploytrace:problem:";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Its {@code type}, a URN. */
    public String type() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its {@code title}, the same each time. */
    public String title() {
        return title;
    }

    /** The status of HTTP that it comes with. */
    public int status() {
        return status;
    }
}
