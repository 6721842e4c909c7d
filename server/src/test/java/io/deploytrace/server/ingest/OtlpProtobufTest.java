package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.map;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.common.v1.AnyValue;
import org.junit.jupiter.api.Test;

class OtlpProtobufTest {

    @Test
    void parse_isTheInverseOfWriting() {
        var request = request(span().addAttributes(attribute("k", "v")));

        assertThat(OtlpProtobuf.parse(request.toByteArray())).isEqualTo(request);
        assertThat(OtlpProtobuf.parse(new byte[0]))
                .isEqualTo(request(new io.opentelemetry.proto.trace.v1.ResourceSpans.Builder[0]));
    }

    @Test
    void parse_garbage_isSaid() {
        for (var body : new byte[][] {
            {1}, {10, 5, 1}, {10, 2, 10, 1}, "{\"resourceSpans\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8)
        }) {
            assertThatThrownBy(() -> OtlpProtobuf.parse(body))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("The body is no ExportTraceServiceRequest in protobuf: ");
        }
    }

    @Test
    void parse_textThatIsNoUtf8_isSaid() {
        var body = request(span().setName("\u00e4")).toByteArray();
        for (var i = 0; i < body.length; i++) {
            body[i] = body[i] == (byte) 0xc3 ? (byte) 0xff : body[i];
        }

        assertThatThrownBy(() -> OtlpProtobuf.parse(body))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void parse_endlessNesting_isRefusedBeforeTheStackEnds() {
        var deep = request(span().addAttributes(attribute("k", maps(100)))).toByteArray();

        assertThatThrownBy(() -> OtlpProtobuf.parse(deep))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("nest");
    }

    @Test
    void parse_emptyMessages_areTakenToTheLimitAndRefusedPastItBeforeTheyAreMade() {
        var most = (int) OtlpProtobuf.MAXIMUM_MESSAGES;

        assertThat(OtlpProtobuf.parse(emptyResources(most)).getResourceSpansCount())
                .isEqualTo(most);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        var tooMany = emptyResources(most + 1);
        assertThatThrownBy(() -> OtlpProtobuf.parse(tooMany))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("The body holds more than 2000000 messages. Send fewer spans in one request.");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated, the body included")
                .isLessThan(3L * most);
    }

    /** Each takes two bytes. */
    private static byte[] emptyResources(int count) {
        var body = new byte[2 * count];
        for (var i = 0; i < body.length; i += 2) {
            body[i] = 10;
        }
        return body;
    }

    private static AnyValue maps(int levels) {
        var value = text("v");
        for (var i = 0; i < levels; i++) {
            value = map(attribute("k", value));
        }
        return value;
    }
}
