package io.deploytrace.ci;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;

/**
 * One request with spans, as OTLP over HTTP in JSON. The JDK's older client: it starts in a tenth of the time that the newer one takes,
 * see RATIONALE.md.
 */
final class SpanRequest implements Callable<Delivery> {

    private static final int LONGEST_ANSWER = 65_536;
    private static final String SCOPE =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"scope\":{\"name\":\"deploytrace\"},\"spans\":[";

    private final JobSettings settings;
    private final int timeout;
    private final List<UnsentSpan> spans;

    SpanRequest(JobSettings settings, Duration timeout, List<UnsentSpan> spans) {
        this.settings = settings;
        this.timeout = (int) Math.max(1, timeout.toMillis());
        this.spans = spans;
    }

    /** Sends it; what became of it. */
    @Override
    public Delivery call() throws IOException {
        var connection = connect();
        try (var body = connection.getOutputStream()) {
            body.write(body(spans).getBytes(StandardCharsets.UTF_8));
        }
        var status = connection.getResponseCode();
        var text = text(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        return new ServerAnswer(settings, status, text, connection.getHeaderField("Location")).delivery(spans);
    }

    private HttpURLConnection connect() throws IOException {
        var address = settings.traces();
        var connection =
                (HttpURLConnection) address.toURL().openConnection(ProxyVariables.proxy(address, settings.variables()));
        if (connection instanceof HttpsURLConnection secure) {
            TrustedCertificates.use(settings.variables(), secure);
        }
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Authorization", "Bearer " + settings.token());
        return connection;
    }

    private static String body(List<UnsentSpan> spans) {
        var body = new StringBuilder(SCOPE);
        for (var i = 0; i < spans.size(); i++) {
            body.append(i == 0 ? "" : ",").append(spans.get(i).message());
        }
        return body.append("]}]}]}").toString();
    }

    private static String text(InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }
}
