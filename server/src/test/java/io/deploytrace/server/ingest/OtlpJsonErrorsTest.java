package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with JSON is named with its place, however it was made. */
class OtlpJsonErrorsTest {

    private static final String BEFORE = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{},{";
    private static final String AFTER = "}]}]}]}";
    private static final String PLACE = "/resourceSpans/0/scopeSpans/0/spans/1/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"traceId\":\"xyz1\"|traceId|must be an id in hex digits, but is \"xyz1\"",
                "\"traceId\":\"abc\"|traceId|must be an id in hex digits, but is \"abc\"",
                "\"traceId\":5|traceId|must be a string, but is 5",
                "\"name\":[]|name|must be a string, but is an array",
                "\"kind\":\"SPAN_KIND_SERVANT\"|kind|must be an integer, but is \"SPAN_KIND_SERVANT\"",
                "\"kind\":2147483648|kind|must be -2147483648 to 2147483647, but is 2147483648",
                "\"startTimeUnixNano\":-1|startTimeUnixNano|must be 0 to 18446744073709551615, but is -1",
                "\"startTimeUnixNano\":18446744073709551616|startTimeUnixNano|must be 0 to",
                "\"startTimeUnixNano\":\"2026-01-02\"|startTimeUnixNano|must be an integer, but is \"2026-01-02\"",
                "\"startTimeUnixNano\":\"\"|startTimeUnixNano|must be an integer",
                "\"startTimeUnixNano\":1.5|startTimeUnixNano|must be an integer, but is 1.5",
                "\"startTimeUnixNano\":1e99999|startTimeUnixNano|must be 0 to",
                "\"startTimeUnixNano\":true|startTimeUnixNano|must be an integer, but is true",
                "\"droppedLinksCount\":4294967296|droppedLinksCount|must be 0 to 4294967295",
                "\"attributes\":{}|attributes|must be an array, but is an object",
                "\"attributes\":[5]|attributes/0|must be an object, but is 5",
                "\"attributes\":[null]|attributes/0|must be an object, but is null",
                "\"attributes\":[{\"value\":\"v\"}]|attributes/0/value|must be an object, but is the string \"v\"",
                "\"attributes\":[{\"value\":{\"boolValue\":\"true\"}}]|attributes/0/value/boolValue|must be true or false",
                "\"attributes\":[{\"value\":{\"intValue\":9223372036854775808}}]|attributes/0/value/intValue|must be -9223",
                "\"attributes\":[{\"value\":{\"doubleValue\":1e400}}]|attributes/0/value/doubleValue|beyond the range",
                "\"attributes\":[{\"value\":{\"doubleValue\":\"1x\"}}]|attributes/0/value/doubleValue|must be a number",
                "\"attributes\":[{\"value\":{\"bytesValue\":\"*\"}}]|attributes/0/value/bytesValue|must be base64",
                "\"attributes\":[{\"value\":{\"intValue\":1,\"boolValue\":true}}]|attributes/0/value/boolValue|second value",
                "\"name\":\"a\",\"name\":\"b\"|name|stands there twice",
                "\"traceId\":\"ab\",\"trace_id\":\"ab\"|trace_id|stands there twice"
            })
    void parse_wrongValue_isNamedWithItsPlace(String fields, String place, String words) {
        assertThat(message(BEFORE + fields + AFTER))
                .startsWith("The body is no ExportTraceServiceRequest in JSON. " + PLACE + place + " (line 1, column ")
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "[]",
                "5",
                "{",
                "{\"resourceSpans\":[",
                "{} {}",
                "{}x",
                "{'a':1}",
                "{\"a\":01}",
                "nul",
                "\0"
            })
    void parse_noJsonObject_isSaid(String body) {
        assertThat(message(body)).startsWith("The body is no ExportTraceServiceRequest in JSON. ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc0, 0xff, 0xe2})
    void parse_wrongUtf8_isRefused(int bad) {
        var body = (BEFORE + "\"name\":\"ab\"" + AFTER).getBytes(StandardCharsets.UTF_8);
        body[body.length - AFTER.length() - 2] = (byte) bad;

        assertThatThrownBy(() -> OtlpJson.parse(body))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00x", "\\u0000"})
    void parse_textThatNoStoreTakes_costsOnlyItsSpan(String text) {
        try (var ingest = IngestFixture.create()) {
            var ids = "\"traceId\":\"" + Requests.TRACE + "\",\"spanId\":\"" + Requests.SPAN
                    + "\",\"startTimeUnixNano\":1,";
            var request = OtlpJson.parse(
                    (BEFORE + ids + "\"name\":\"" + text + '"' + AFTER).getBytes(StandardCharsets.UTF_8));

            var answer = ingest.send(Requests.controller(), request);

            assertThat(answer.message()).contains("Span " + Requests.SPAN, "which PostgreSQL can't hold");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"kvlistValue\":{\"values\":[{\"value\":"})
    void parse_endlessNesting_isRefusedBeforeTheStackEnds(String opening) {
        var deep = opening.repeat(200_000);
        assertThat(message(BEFORE + "\"attributes\":[{\"value\":" + deep)).contains("(line 1, column ");
        assertThat(message(BEFORE + "\"unknown\":" + deep))
                .contains("nesting depth")
                .hasSizeLessThan(1_000);
    }

    @Test
    void parse_numberOfAMillionDigits_isRefusedAtOnce() {
        var digits = "1".repeat(1_000_000);
        assertThat(message(BEFORE + "\"startTimeUnixNano\":\"" + digits + '"' + AFTER))
                .hasSizeLessThan(1_000);
        assertThat(message(BEFORE + "\"startTimeUnixNano\":" + digits + AFTER)).hasSizeLessThan(1_000);
        assertThat(message(BEFORE + "\"attributes\":[{\"value\":{\"doubleValue\":\"" + digits + "\"}}]" + AFTER))
                .hasSizeLessThan(1_000);
    }

    @Test
    void parse_moreTokensThanAllowed_isRefused() {
        var empty = "{},".repeat((int) OtlpJson.MAXIMUM_TOKENS / 2);

        assertThat(message(BEFORE + "\"attributes\":[" + empty + "{}]" + AFTER)).contains("5000000");
    }

    @Test
    void parse_asDeepAsTheHighestLimit_isRead() {
        var levels = IngestLimits.HIGHEST.nesting();
        var deep =
                "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":".repeat(levels) + "{}" + "}]}}".repeat(levels);

        var span = OtlpJson.parse((BEFORE + "\"events\":[{\"attributes\":[{\"value\":" + deep + "}]}]" + AFTER)
                        .getBytes(StandardCharsets.UTF_8))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(1);
        var again = OtlpProtobuf.parse(Requests.request(span.toBuilder()).toByteArray());

        assertThat(again.getResourceSpans(0).getScopeSpans(0).getSpans(0)).isEqualTo(span);
    }

    @Test
    void parse_inputThatBreaks_isSaid() {
        var broken = new SequenceInputStream(
                new ByteArrayInputStream("{".getBytes(StandardCharsets.UTF_8)), new BrokenInput());
        assertThatThrownBy(() -> OtlpJson.parse(broken, messages -> {}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("The body can't be read: connection reset");
    }

    private static final class BrokenInput extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }

    private static String message(String body) {
        var failure = catchThrowableOfType(
                InvalidRequestException.class, () -> OtlpJson.parse(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(failure)
                .as("of %s", body.substring(0, Math.min(100, body.length())))
                .isNotNull();
        return String.valueOf(failure.getMessage());
    }
}
