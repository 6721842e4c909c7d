package io.deploytrace.ci;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server said to a request with spans.
 *
 * @param settings the server
 * @param status the HTTP status
 * @param text the body
 * @param location where it redirects to; null if it doesn't
 */
record ServerAnswer(
        JobSettings settings,
        int status,
        String text,
        @Nullable String location) {

    /** What became of the spans that were sent. What the server may take later is kept; what it never will is lost, and said. */
    Delivery delivery(List<UnsentSpan> spans) {
        if (status == 200 && isOtlp()) {
            var rejected = number("rejectedSpans");
            return new Delivery(spans, 0, rejected, rejected == 0 ? null : rejection(rejected), false);
        }
        if (status == 400 || status == 413) {
            return new Delivery(spans, 0, spans.size(), refusal() + " The spans are lost.", false);
        }
        return Delivery.failed(spans, refusal() + remedy(), status == 429 || status >= 500);
    }

    private String rejection(long count) {
        return "the server at %s refused %d %s%s"
                .formatted(settings, count, count == 1 ? "span" : "spans", sentence(field("errorMessage")));
    }

    private String refusal() {
        if (status == 200) {
            return "what listens at " + settings + " doesn't answer as Deploytrace does.";
        }
        return "the server at %s answered with %d%s".formatted(settings, status, sentence(field("message")));
    }

    private String remedy() {
        return switch (status) {
            case 401, 403 -> " Check that %s is this job's token and hasn't run out.".formatted(JobSettings.TOKEN);
            case 301, 302, 303, 307, 308 ->
                " Set %s to the address where it leads%s."
                        .formatted(JobSettings.URL, location == null ? "" : ": " + server(location));
            case 407 -> " That is the proxy, which wants a password: except the server from it by no_proxy.";
            case 200, 404, 405 -> " Check that %s is the address of a Deploytrace server.".formatted(JobSettings.URL);
            default -> "";
        };
    }

    private static String server(String location) {
        return PublicUrl.of(location).replaceFirst("/v1/traces$", "");
    }

    private static String sentence(String text) {
        if (text.isEmpty()) {
            return ".";
        }
        return ": " + text + (text.endsWith(".") ? "" : ".");
    }

    /** A log-in page, say, answers everything with success. */
    private boolean isOtlp() {
        try (var json = SpanMessage.JSON.createParser(text)) {
            return text.isBlank() || json.nextToken() == JsonToken.START_OBJECT;
        } catch (IOException e) {
            return false;
        }
    }

    private long number(String name) {
        var text = field(name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** The first field of the name, at any level; empty if the body isn't JSON or has none. */
    private String field(String name) {
        try (var json = SpanMessage.JSON.createParser(text)) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().equals(name)) {
                    json.nextToken();
                    return json.getValueAsString("");
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }
}
