package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostCheckTest {

    private final TestServer server = TestServer.start(settings -> settings.allowedHosts(Set.of("Traces.example.com")));

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    localhost,                  200
                    LOCALHOST:8090,             200
                    127.0.0.1,                  200
                    127.0.0.1:1,                200
                    [::1],                      200
                    [::1]:8090,                 200
                    traces.example.com,         200
                    traces.example.com:443,     200
                    attacker.example,           421
                    localhost.attacker.example, 421
                    127.0.0.1.attacker.example, 421
                    localhost:8090.attacker,    421
                    128.0.0.1,                  421
                    10.0.0.1:8090,              421
                    """)
    void serverWithoutKeys_answersForItsOwnNamesAlone(String host, int expected) {
        for (var protocol : new String[] {"h1c", "h2c"}) {
            var http = Otlp.http().set(":authority", host);
            assertThat(status(server, protocol, http)).as(protocol).isEqualTo(expected);
            var grpc = Otlp.export(server.client(protocol), Otlp.grpc().set(":authority", host));
            assertThat(Otlp.grpcStatus(grpc)).isEqualTo(expected == 200 ? "0" : "7");
        }
    }

    private static int status(TestServer server, String protocol, RequestHeadersBuilder headers) {
        return Otlp.export(server.client(protocol), headers).status().code();
    }

    @Test
    void requestWithoutAHost_isRefused() throws Exception {
        try (var client = new RawConnection(server.port())) {
            client.send("GET /metrics HTTP/1.0\r\n\r\n");

            assertThat(client.rest()).doesNotStartWith("HTTP/1.1 200").contains(" 4");
        }
    }

    @Test
    void serverOnAnotherAddressOfThisMachine_answersForIt() {
        try (var other = TestServer.start(settings -> settings.host("127.0.0.2"))) {
            var client = WebClient.of("h2c://127.0.0.2:" + other.port());
            assertThat(Otlp.export(client, Otlp.http()).status().code()).isEqualTo(200);
            assertThat(other.server.url()).isEqualTo("http://127.0.0.2:" + other.port());
            var elsewhere = Otlp.http().set(":authority", "127.0.0.3:" + other.port());
            assertThat(Otlp.export(client, elsewhere).status().code()).isEqualTo(421);
        }
    }

    @Test
    void serverThatAsksForKeys_answersForEveryName() {
        try (var strict = TestServer.start(settings -> settings.authenticationRequired(true))) {
            var headers = Otlp.http().set(":authority", "any.example");
            assertThat(status(strict, "h2c", headers)).isEqualTo(401);
        }
    }
}
