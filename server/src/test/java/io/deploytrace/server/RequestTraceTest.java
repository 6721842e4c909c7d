package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Pattern TRACE_ID = Pattern.compile("\"traceId\":\"([0-9a-f]{32})\"");

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String traceId(String path, String... traceparents) {
        var headers = RequestHeaders.builder(HttpMethod.GET, path);
        for (var traceparent : traceparents) {
            headers.add("traceparent", traceparent);
        }
        var answer =
                server.client("h1c").execute(headers.build()).aggregate().join().contentUtf8();
        var matcher = TRACE_ID.matcher(answer);
        assertThat(matcher.find()).as(answer).isTrue();
        return matcher.group(1);
    }

    @Test
    void problemDocument_namesTheTraceOfTheClient() {
        assertThat(traceId("/nothing", "00-" + TRACE + "-00f067aa0ba902b7-01")).isEqualTo(TRACE);
        assertThat(traceId("/v1/traces", "00-" + TRACE + "-00f067aa0ba902b7-00"))
                .isEqualTo(TRACE);
    }

    @Test
    void problemDocument_withoutATraceOfTheClient_namesANewOne() {
        assertThat(traceId("/nothing")).isNotEqualTo(traceId("/nothing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "nonsense"
            })
    void traceparentThatIsNotValid_isIgnored(String traceparent) {
        assertThat(traceId("/nothing", traceparent)).isNotEqualTo(TRACE);
    }

    @Test
    void severalTraceparents_areIgnored() {
        var valid = "00-" + TRACE + "-00f067aa0ba902b7-01";

        assertThat(traceId("/nothing", valid, valid)).isNotEqualTo(TRACE);
    }
}
