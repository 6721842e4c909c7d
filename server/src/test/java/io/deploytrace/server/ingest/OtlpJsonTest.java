package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OtlpJsonTest {

    @Test
    void parse_exampleOfTheSpecification_isRead() {
        var span = onlySpan("""
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
                "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0"},"spans":[{
                "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",
                "name":"I'm a server span","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
                "kind":2,"attributes":[{"key":"n","value":{"intValue":"-5"}}],"unknown":{"x":[1]}}]}]}]}""");

        assertThat(span.getName()).isEqualTo("I'm a server span");
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(1_000_000_000L);
        assertThat(Shown.hex(span.getTraceId())).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(-5);
    }

    @Test
    void parse_wrongType_namesThePlace() {
        assertThatThrownBy(() -> parse("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("/resourceSpans/0/scopeSpans/0/spans/0/traceId must be an id in hex digits");
    }

    private static Span onlySpan(String json) {
        return parse(json).getResourceSpans(0).getScopeSpans(0).getSpans(0);
    }

    private static io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest parse(String json) {
        return OtlpJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
