package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JSON encoding allows. */
class OtlpJsonTest {

    @Test
    void parse_exampleOfTheSpecification_isRead() {
        var request = parse("""
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
                "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[
                {"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},"spans":[{
                "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",
                "name":"I'm a server span","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000",
                "kind":2,"attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}""");

        var span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
        assertThat(span.getName()).isEqualTo("I'm a server span");
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_544_712_660_000_000_000L);
        assertThat(Shown.hex(span.getTraceId())).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(Shown.hex(span.getParentSpanId())).isEqualTo("eee19b7ec3c1b173");
        assertThat(span.getAttributes(0).getValue().getStringValue()).isEqualTo("some value");
    }

    @Test
    void parse_idsInEitherCase_areTheSame() {
        assertThat(span("\"traceId\":\"aBcDeF0123456789AbCdEf0123456789\",\"spanId\":\"\""))
                .isEqualTo(span("\"traceId\":\"ABCDEF0123456789ABCDEF0123456789\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1544712660000000000", "\"1544712660000000000\"", "1.54471266e18", "\"1544712660000000000.0\""})
    void parse_timesAsNumbersAndStrings_areTheSame(String time) {
        assertThat(span("\"startTimeUnixNano\":" + time).getStartTimeUnixNano()).isEqualTo(1_544_712_660_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "18446744073709551615, -1", "9223372036854775808, -9223372036854775808"})
    void parse_timesOfAllBits_areRead(String text, long bits) {
        assertThat(span("\"endTimeUnixNano\":" + text).getEndTimeUnixNano()).isEqualTo(bits);
        assertThat(span("\"endTimeUnixNano\":\"" + text + '"').getEndTimeUnixNano())
                .isEqualTo(bits);
    }

    @Test
    void parse_valuesOfEachKind_areRead() {
        assertThat(value("{\"stringValue\":\"\\u00e4\\ud83d\\ude80\"}").getStringValue())
                .isEqualTo("ä🚀");
        assertThat(value("{\"boolValue\":false}").hasBoolValue()).isTrue();
        assertThat(value("{\"intValue\":-9223372036854775808}").getIntValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(value("{\"intValue\":\"9223372036854775807\"}").getIntValue())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(value("{\"intValue\":1e3}").getIntValue()).isEqualTo(1_000);
        assertThat(value("{\"doubleValue\":1}").getDoubleValue()).isEqualTo(1.0);
        assertThat(value("{\"doubleValue\":\"-0.5\"}").getDoubleValue()).isEqualTo(-0.5);
        assertThat(value("{\"doubleValue\":\"NaN\"}").getDoubleValue()).isNaN();
        assertThat(value("{\"doubleValue\":\"-Infinity\"}").getDoubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(value("{\"bytesValue\":\"+/8=\"}").getBytesValue().toByteArray())
                .containsExactly(0xfb, 0xff);
        assertThat(value("{\"bytesValue\":\"-_8\"}").getBytesValue().toByteArray())
                .containsExactly(0xfb, 0xff);
        assertThat(value("{\"arrayValue\":{}}").hasArrayValue()).isTrue();
        assertThat(value("{\"kvlistValue\":{\"values\":[{\"key\":\"k\"}]}}")
                        .getKvlistValue()
                        .getValues(0)
                        .getKey())
                .isEqualTo("k");
        assertThat(value("{}").getValueCase()).isEqualTo(AnyValue.ValueCase.VALUE_NOT_SET);
        assertThat(value("null").getValueCase()).isEqualTo(AnyValue.ValueCase.VALUE_NOT_SET);
    }

    @Test
    void parse_enums_areNumbersOrNamesAlsoUnknownOnes() {
        assertThat(span("\"kind\":3").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(span("\"kind\":\"SPAN_KIND_CLIENT\"").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(span("\"kind\":77").getKindValue()).isEqualTo(77);
        assertThat(span("\"status\":{\"code\":2,\"message\":\"m\"}").getStatus().getMessage())
                .isEqualTo("m");
        assertThat(span("\"status\":{\"code\":\"STATUS_CODE_ERROR\"}")
                        .getStatus()
                        .getCodeValue())
                .isEqualTo(2);
    }

    @Test
    void parse_unknownFieldsNullsAndProtobufNames_areNoError() {
        var span = span("\"newField\":{\"deep\":[[{\"a\":1}],null]},\"name\":null,\"trace_id\":\"ab\",\"newField\":2,"
                + "\"attributes\":null,\"dropped_links_count\":4294967295");

        assertThat(span.getName()).isEmpty();
        assertThat(Shown.hex(span.getTraceId())).isEqualTo("ab");
        assertThat(span.getDroppedLinksCount()).isEqualTo(-1);
    }

    @Test
    void parse_byteOrderMarkAndEmptyObject_areAnEmptyRequest() {
        assertThat(parse("\uFEFF {} ")).isEqualTo(ExportTraceServiceRequest.getDefaultInstance());
        assertThat(parse("{\"resourceSpans\":[]}")).isEqualTo(ExportTraceServiceRequest.getDefaultInstance());
    }

    @Test
    void print_answers() {
        var partial = ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(2)
                        .setErrorMessage("\"why\"\n"))
                .build();

        assertThat(OtlpJson.print(ExportTraceServiceResponse.getDefaultInstance()))
                .asString()
                .isEqualTo("{}");
        assertThat(OtlpJson.print(partial))
                .asString()
                .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"\\\"why\\\"\\n\"}}");
    }

    private static AnyValue value(String json) {
        return span("\"attributes\":[{\"key\":\"k\",\"value\":" + json + "}]")
                .getAttributes(0)
                .getValue();
    }

    private static Span span(String fields) {
        return parse("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + fields + "}]}]}]}")
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
    }

    private static ExportTraceServiceRequest parse(String json) {
        return OtlpJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
