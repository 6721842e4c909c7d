package io.deploytrace.ci;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Spans to send, and who sends them. */
final class Sending {

    static final String TOKEN = "dj_s3cr3t-of-the-job";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Sending() {}

    static SpanSender to(String url) {
        return to(url, Map.of());
    }

    static SpanSender to(String url, Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put("DEPLOYTRACE_URL", url);
        variables.put("DEPLOYTRACE_TOKEN", TOKEN);
        return new SpanSender(JobSettings.of(variables));
    }

    static UnsentSpan span(String id) {
        return new UnsentSpan(id, "{\"traceId\":\"t\",\"spanId\":\"" + id + "\",\"name\":\"step\"}");
    }

    static List<UnsentSpan> spans(int count) {
        return IntStream.range(0, count).mapToObj(i -> span("s" + i)).toList();
    }
}
