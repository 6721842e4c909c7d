package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.store.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {

    private static final String PATH = "/api/v1/workspaces";
    private static final String ORIGIN = "https://deploys.example.com";

    private static TestServer server(String... origins) {
        return TestServer.start(
                settings -> settings.authenticationRequired(true).corsOrigins(List.of(origins)));
    }

    @Test
    void page_ofAnOriginThatIsAllowed_mayAskWithAKey() {
        try (var server = server(ORIGIN)) {
            var nobody = new Questions(server.client("h1c"), "");
            var preflight = nobody.send(
                    HttpMethod.OPTIONS,
                    PATH,
                    "origin",
                    ORIGIN,
                    "access-control-request-method",
                    "GET",
                    "access-control-request-headers",
                    "authorization");
            assertThat(preflight.status().isSuccess()).isTrue();
            assertThat(preflight.headers().get("access-control-allow-origin")).isEqualTo(ORIGIN);
            assertThat(preflight.headers().get("access-control-allow-headers")).contains("authorization");
            assertThat(preflight.headers().get("access-control-allow-credentials"))
                    .isNull();

            assertThat(nobody.get(PATH, "origin", ORIGIN).status()).isEqualTo(HttpStatus.UNAUTHORIZED);
            var answer = new Questions(nobody.client(), server.key(Role.READ, null)).get(PATH, "origin", ORIGIN);
            assertThat(answer.status()).isEqualTo(HttpStatus.OK);
            assertThat(answer.headers().get("access-control-allow-origin")).isEqualTo(ORIGIN);
            assertThat(String.join(",", answer.headers().getAll("vary"))).contains("origin");
        }
    }

    @Test
    void page_ofAnotherOrigin_isNotAllowedNorAreSpans() {
        try (var server = server(ORIGIN)) {
            var questions = new Questions(server.client("h1c"), server.key(Role.READ, null));
            var other = questions.get(PATH, "origin", "https://evil.example.com");
            assertThat(other.headers().get("access-control-allow-origin")).isNull();

            var spans = questions.send(
                    HttpMethod.OPTIONS, "/v1/traces", "origin", ORIGIN, "access-control-request-method", "POST");
            assertThat(spans.headers().get("access-control-allow-origin")).isNull();
            assertThat(spans.headers().get("access-control-allow-methods")).isNull();
        }
    }

    @Test
    void preflight_whereNothingIsAllowed_isRefused() {
        try (var server = server()) {
            var preflight = new Questions(server.client("h1c"), "")
                    .send(HttpMethod.OPTIONS, PATH, "origin", ORIGIN, "access-control-request-method", "GET");
            assertThat(preflight.status().isSuccess()).isFalse();
            assertThat(preflight.headers().get("access-control-allow-origin")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deploys.example.com", "https://deploys.example.com/", "https://*.example.com", "null"})
    void origin_thatIsNone_isRefused(String origin) {
        assertThatThrownBy(() -> CrossOrigin.checked(List.of(origin))).hasMessageContaining("'" + origin + "'");
    }

    @Test
    void everyOrigin_withoutCredentials_isRefused() {
        assertThatThrownBy(() -> TestServer.start(settings -> settings.corsOrigins(List.of("*"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--auth none");
    }
}
