package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.RawServer;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans leave the network as the environment says. */
@Timeout(60)
class ProxyTest {

    private static final List<UnsentSpan> ONE = Sending.spans(1);
    private static final Delivery DONE = new Delivery(ONE, 0, 0, null, false);

    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** Answers for the server, as proxies may. */
    private RawServer proxy() throws IOException {
        return RawServer.start(client -> {
            heads.add(RawServer.readRequest(client));
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
    }

    @Test
    void send_httpProxy_goesThroughIt() throws Exception {
        try (var proxy = proxy()) {
            var sender = Sending.to("http://deploytrace.invalid:8090", Map.of("http_proxy", proxy.url()));

            assertThat(sender.send(ONE, Sending.PATIENCE)).isEqualTo(DONE);
            assertThat(heads)
                    .singleElement()
                    .asString()
                    .startsWith("POST http://deploytrace.invalid:8090/v1/traces HTTP/1.1\r\n");
        }
    }

    /** The proxy learns the name of the server, and passes on what it can't read. */
    @Test
    void send_httpsProxy_isAskedForATunnelAndNeverSeesTheToken() throws Exception {
        try (var proxy = RawServer.start(this::refuseTunnel)) {
            var sender = Sending.to("https://deploytrace.invalid", Map.of("HTTPS_PROXY", "localhost:" + proxy.port()));

            assertThat(sender.send(ONE, Sending.PATIENCE).problem())
                    .startsWith("the server at https://deploytrace.invalid can't be reached: Unable to tunnel");
            assertThat(heads)
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT deploytrace.invalid:443 HTTP/1.1\r\n")
                            .doesNotContain(Sending.TOKEN));
        }
    }

    private void refuseTunnel(Socket client) throws IOException {
        heads.add(RawServer.readRequest(client));
        RawServer.write(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void send_serverThatIsExcepted_isReachedDirectly() throws Exception {
        try (var proxy = proxy();
                var server = Collector.start()) {
            var sender = Sending.to(server.url(), Map.of("http_proxy", proxy.url(), "no_proxy", "localhost"));

            assertThat(sender.send(ONE, Sending.PATIENCE)).isEqualTo(DONE);
            assertThat(server.received()).hasSize(1);
            assertThat(heads).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|http://a.example.com|true",
                "example.com|http://a.example.com|true",
                "example.com|http://example.com|true",
                ".example.com|http://a.example.com|true",
                "*.example.com|http://a.example.com|true",
                "x,example.com|http://a.example.com|true",
                "x, example.com|http://a.example.com|true",
                "x example.com|http://a.example.com|true",
                "EXAMPLE.com|http://a.Example.COM|true",
                "a.example.com:8090|http://a.example.com:8090|true",
                "10.1.2.3|http://10.1.2.3:8090|true",
                "::1|http://[::1]:8090|true",
                "[::1]|http://[::1]:8090|true",
                "ample.com|http://a.example.com|false",
                "b.example.com|http://a.example.com|false",
                "a.example.com|http://example.com|false",
                ",|http://example.com|false",
                "::2|http://[::1]|false",
            })
    void proxy_exceptions_areThoseOfTheListAndTheirSubdomains(String exceptions, String server, boolean direct)
            throws IOException {
        var variables = Map.of("http_proxy", "http://proxy.invalid:3128", "NO_PROXY", exceptions);

        assertThat(ProxyVariables.proxy(URI.create(server), variables).equals(Proxy.NO_PROXY))
                .isEqualTo(direct);
    }

    @Test
    void proxy_addressInAnyForm_isUnderstood() throws Exception {
        var server = URI.create("http://example.com");
        assertThat(ProxyVariables.proxy(server, Map.of())).isEqualTo(Proxy.NO_PROXY);
        assertThat(ProxyVariables.proxy(server, Map.of("https_proxy", "p:1"))).isEqualTo(Proxy.NO_PROXY);
        for (var address : List.of("p.invalid:3128", "http://p.invalid:3128", "http://u:pw@p.invalid:3128/")) {
            assertThat(ProxyVariables.proxy(server, Map.of("http_proxy", address))
                            .toString())
                    .as(address)
                    .contains("p.invalid")
                    .endsWith(":3128");
        }
        assertThat(ProxyVariables.proxy(server, Map.of("http_proxy", "p.invalid"))
                        .toString())
                .endsWith(":1080");
        assertThat(ProxyVariables.proxy(server, Map.of("http_proxy", "p.invalid:1", "HTTP_PROXY", "q.invalid:2"))
                        .toString())
                .endsWith(":1");
    }

    @Test
    void proxy_noAddress_isSaidWithoutItsPassword() {
        var server = URI.create("http://example.com");
        for (var wrong : List.of("http://u:s3^cr3t@proxy:1", "http://u:s3cr3t@", "http://u:s3 cr3t@proxy")) {
            assertThatThrownBy(() -> ProxyVariables.proxy(server, Map.of("http_proxy", wrong)))
                    .as(wrong)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("http_proxy must be the address of a proxy, such as"
                            + " http://proxy.example.com:3128, but is 'http://")
                    .hasMessageNotContaining("cr3t");
        }
    }
}
