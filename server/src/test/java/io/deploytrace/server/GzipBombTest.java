package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is small on the wire and huge beyond costs no memory. */
class GzipBombTest {

    private static final int LIMIT = 1 << 20;
    private static final int BOMB = 512 << 20;

    /** Fields that the decoder doesn't know, so that the message would be valid to its end. */
    private static byte[] bomb() throws IOException {
        var message = new ByteArrayOutputStream();
        var output = CodedOutputStream.newInstance(message);
        output.writeByteArray(1_000, new byte[60_000]);
        output.flush();
        return bomb("", message.toByteArray(), "");
    }

    /** The same in JSON: blanks, after which the message would be valid to its end. */
    private static byte[] jsonBomb() throws IOException {
        return bomb("{", " ".repeat(60_000).getBytes(StandardCharsets.UTF_8), "}");
    }

    private static byte[] bomb(String before, byte[] part, String after) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(before.getBytes(StandardCharsets.UTF_8));
            for (var written = 0; written < BOMB; written += part.length) {
                gzip.write(part);
            }
            gzip.write(after.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void bomb_isRefused_overEachProtocol() throws IOException {
        var bomb = bomb();
        assertThat(bomb.length).as("bytes on the wire").isLessThan(LIMIT);
        try (var server = TestServer.limited(limits -> limits.withDecompressedBytes(LIMIT))) {
            var client = server.client("h2c");
            var gzip = Otlp.http().set("content-encoding", "gzip");
            var json = gzip.build().toBuilder().set("content-type", "application/json");
            var grpc = Otlp.grpc().set("grpc-encoding", "gzip");

            assertThat(Otlp.post(client, gzip, bomb).status().code()).isEqualTo(413);
            assertThat(Otlp.post(client, json, jsonBomb()).status().code()).isEqualTo(413);
            assertThat(Otlp.grpcStatus(Otlp.post(client, grpc, Otlp.frame(bomb, true))))
                    .isEqualTo("8");
        }
    }

    @Test
    void bomb_isReadNoFurtherThanTheLimit() throws IOException {
        var bomb = new CountedInput(bomb());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();

        var refusal = catchThrowable(() ->
                Body.gunzip(bomb, new BodyMemory(BOMB, LIMIT).share()).transferTo(OutputStream.nullOutputStream()));

        assertThat(refusal).isInstanceOf(RefusedException.class).hasMessageContaining("decompressed");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated")
                .isLessThan(LIMIT / 2);
        assertThat(bomb.read).as("bytes read of the bomb").isLessThan(2 * LIMIT / 1_000 + 8_192);
    }

    @Test
    void membersOneBehindTheOther_areReadAsOneBody_andThoseThatAreEmptyDoNoHarm() throws IOException {
        var span = Otlp.gzip(Otlp.span().toByteArray());
        var empty = Otlp.gzip(new byte[0]);
        try (var server = TestServer.start()) {
            var client = server.client("h2c");
            var gzip = Otlp.http().set("content-encoding", "gzip");

            assertThat(Otlp.post(client, gzip, repeated(span, 2)).status().code())
                    .isEqualTo(200);
            assertThat(server.traces(TestServer.WORKSPACE)).isEqualTo(1);
            assertThat(Otlp.post(client, gzip, repeated(empty, 100_000))
                            .status()
                            .code())
                    .isEqualTo(400);
        }
    }

    private static byte[] repeated(byte[] part, int times) {
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < times; i++) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Counts what is read of it. */
    private static final class CountedInput extends ByteArrayInputStream {

        private int read;

        private CountedInput(byte[] content) {
            super(content);
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            var got = super.read(bytes, offset, length);
            read += Math.max(0, got);
            return got;
        }
    }
}
