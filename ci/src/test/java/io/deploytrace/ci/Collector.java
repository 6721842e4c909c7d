package io.deploytrace.ci;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.deploytrace.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A server that answers each request as the test says, and keeps what came. */
final class Collector implements AutoCloseable {

    /** A request as it came. */
    record Received(String method, String path, Headers headers, String body) {

        /** The ids of its spans, in order. */
        List<String> ids() {
            return SPAN.matcher(body).results().map(found -> found.group(1)).toList();
        }
    }

    /** What to answer. */
    record Answer(int status, String body, Map<String, String> headers) {

        static final Answer STORED = of(200, "{}");

        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }
    }

    private static final Pattern SPAN =
            Pattern.compile("\\{\"traceId\":\"[^\"]*\",\"spanId\":\"([^\"]*)\",\"(?:parentSpanId|name)\"");

    private final HttpServer server;
    private final String scheme;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile IntFunction<Answer> answers = number -> Answer.STORED;

    private Collector(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        // Also while another request has to wait.
        server.setExecutor(RawServer::thread);
        server.start();
    }

    static Collector start() throws IOException {
        return start(0);
    }

    /** Where another was before. */
    static Collector start(int port) throws IOException {
        return new Collector(HttpServer.create(address(port), 0), "http");
    }

    static Collector encrypted(SSLContext context) throws IOException {
        var server = HttpsServer.create(address(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Collector(server, "https");
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            var answer = answers.apply(received.size());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** What to answer from now on. */
    Collector answering(Answer answer) {
        return answering(number -> answer);
    }

    /** What to answer to the request of each number, from 1. */
    Collector answering(IntFunction<Answer> next) {
        answers = next;
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return scheme + "://localhost:" + port();
    }

    List<Received> received() {
        return received;
    }

    /** The spans by their ids, each as it was sent last. */
    Map<String, String> spans() {
        var spans = new LinkedHashMap<String, String>();
        for (var request : received) {
            var starts = SPAN.matcher(request.body()).results().toList();
            for (var i = 0; i < starts.size(); i++) {
                var end = i + 1 < starts.size()
                        ? starts.get(i + 1).start()
                        : request.body().length();
                spans.put(
                        starts.get(i).group(1),
                        request.body().substring(starts.get(i).start(), end));
            }
        }
        return spans;
    }

    /** The ids in the order in which they were sent, each as often as it was. */
    List<String> sentIds() {
        var ids = new ArrayList<String>();
        received.forEach(request -> ids.addAll(request.ids()));
        return ids;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
