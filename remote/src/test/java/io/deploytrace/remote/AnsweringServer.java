package io.deploytrace.remote;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/** A server that answers every request as the test says, and keeps what came. */
final class AnsweringServer implements AutoCloseable {

    /** A request as it came. */
    record Received(String method, String path, Headers headers, ExportTraceServiceRequest message, int bytes) {

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What to answer. */
    record Answer(int status, String type, ByteString body, Map<String, String> headers) {

        static Answer protobuf(int status, ByteString body, Map<String, String> headers) {
            return new Answer(status, "application/x-protobuf", body, headers);
        }

        static Answer stored(String result) {
            return protobuf(200, ByteString.EMPTY, Map.of("deploytrace-result", result));
        }

        static Answer rejected(String reason, String message) {
            var partial =
                    ExportTracePartialSuccess.newBuilder().setRejectedSpans(1).setErrorMessage(message);
            var body = ExportTraceServiceResponse.newBuilder()
                    .setPartialSuccess(partial)
                    .build()
                    .toByteString();
            return protobuf(200, body, reason.isEmpty() ? Map.of() : Map.of("deploytrace-rejection", reason));
        }
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answer answer = Answer.stored("inserted=1,updated=0,unchanged=0");

    private AnsweringServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    static AnsweringServer start() throws IOException {
        return new AnsweringServer(HttpServer.create(anyPort(), 0));
    }

    static AnsweringServer encrypted(SSLContext context) throws IOException {
        var server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new AnsweringServer(server);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(read(exchange));
            var current = answer;
            exchange.getResponseHeaders().set("Content-Type", current.type());
            current.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(
                    current.status(),
                    current.body().isEmpty() ? -1 : current.body().size());
            current.body().writeTo(exchange.getResponseBody());
        }
    }

    private static Received read(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var bytes = exchange.getRequestBody().readAllBytes();
        var body = "gzip".equals(headers.getFirst("Content-Encoding"))
                ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
                : bytes;
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                ExportTraceServiceRequest.parseFrom(body),
                bytes.length);
    }

    void answer(Answer next) {
        answer = next;
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
