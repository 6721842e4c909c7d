package io.deploytrace.remote;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.net.http.HttpResponse;

/** The words for an answer that isn't a success. */
final class Refusals {

    private final ServerAddress server;

    Refusals(ServerAddress server) {
        this.server = server;
    }

    /** The reason for a word of {@link Protocol#REJECTION}, of which a server may know more than this program. */
    static Reason reason(String rejection) {
        return switch (rejection) {
            case "conflict" -> Reason.CONFLICT;
            case "unknown_workspace", "wrong_workspace" -> Reason.UNKNOWN_WORKSPACE;
            default -> Reason.INVALID_SPAN;
        };
    }

    SpanStoreException of(HttpResponse<byte[]> answer, int spans) {
        return switch (answer.statusCode()) {
            case 401 ->
                refused(
                        answer,
                        Reason.NOT_READY,
                        "doesn't accept the key: it isn't valid, was revoked or has expired. Give the writer a key made by"
                                + " 'deploytrace key create --role write'.");
            case 403 ->
                refused(
                        answer,
                        Reason.NOT_READY,
                        "doesn't let the key write. Give the writer a key made by 'deploytrace key create --role write'.");
            case 404, 405 ->
                refused(answer, Reason.NOT_READY, "takes no spans there. Give the writer the server's own address.");
            case 413 ->
                refused(
                        answer,
                        Reason.INVALID_SPAN,
                        "takes no request as large as that of these " + spans
                                + " spans. Write them in several calls, or raise the server's limits.");
            case 415 ->
                refused(
                        answer,
                        Reason.NOT_READY,
                        "doesn't take " + Protocol.PROTOBUF
                                + ", or not compressed. See what answers there, or switch the"
                                + " writer's compression off.");
            case 421 ->
                refused(
                        answer,
                        Reason.NOT_READY,
                        "doesn't answer for that host name. Give the writer another name of the server, or start the server with"
                                + " '--allowed-host'.");
            case 431 ->
                refused(
                        answer,
                        Reason.NOT_READY,
                        "takes no headers as large as these. Raise the server's '--max-header-bytes', or see what adds headers on"
                                + " the way.");
            case 429 -> refused(answer, Reason.OVERLOADED, "has too much to do" + wait(answer) + ".");
            case 408, 502, 503, 504 ->
                new SpanStoreException(
                        Reason.UNAVAILABLE,
                        start(answer) + "can't store spans at the moment" + wait(answer) + "." + said(answer)
                                + Failures.UNKNOWN);
            default -> other(answer);
        };
    }

    private SpanStoreException other(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 3) {
            return new SpanStoreException(
                    Reason.OTHER, start(answer) + "refused the request." + said(answer) + Failures.UNKNOWN);
        }
        var location = Texts.shown(answer.headers().firstValue("Location").orElse("elsewhere"));
        return refused(
                answer,
                Reason.NOT_READY,
                "sends the request on to " + location + ", where the key isn't sent. Give the writer the address where"
                        + " spans are taken.");
    }

    private SpanStoreException refused(HttpResponse<byte[]> answer, Reason reason, String problem) {
        return new SpanStoreException(reason, start(answer) + problem + said(answer) + Failures.NOTHING);
    }

    private String start(HttpResponse<byte[]> answer) {
        return "The server at " + server + " (status " + answer.statusCode() + ") ";
    }

    private static String said(HttpResponse<byte[]> answer) {
        var message = Bodies.errorMessage(answer);
        return message.isEmpty() ? "" : " It says: " + message + ".";
    }

    private static String wait(HttpResponse<byte[]> answer) {
        var after = Texts.shown(answer.headers().firstValue("Retry-After").orElse(""));
        return after.matches("\\d{1,9}") ? " and asks to be left alone for " + after + " s" : "";
    }
}
