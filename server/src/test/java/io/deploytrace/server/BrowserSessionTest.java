package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser that signed in may read what its key may, from the server's own page; and nothing else. */
class BrowserSessionTest {

    private static final String WORKSPACES = "/api/v1/workspaces";

    private final TestServer server = TestServer.start(
            settings -> settings.authenticationRequired(true).corsOrigins(List.of("https://other.example")));

    @AfterEach
    void stop() {
        server.close();
    }

    private AggregatedHttpResponse send(HttpMethod method, String path, String... headers) {
        return send(server, method, path, headers);
    }

    private static AggregatedHttpResponse send(TestServer server, HttpMethod method, String path, String... headers) {
        var request = RequestHeaders.builder(method, path);
        for (var i = 0; i < headers.length; i += 2) {
            request.add(headers[i], headers[i + 1]);
        }
        return server.client("h1c").execute(request.build()).aggregate().join();
    }

    private String signIn(String key) {
        var response = send(HttpMethod.POST, "/sign-in", "authorization", "Bearer " + key);
        assertThat(response.status().code()).isEqualTo(204);
        return response.headers().get("set-cookie", "").replaceFirst(";.*", "");
    }

    @Test
    void signIn_withAKey_keepsItWhereScriptsAndOtherSitesCannotReachIt() {
        var key = server.key(Role.READ, TestServer.WORKSPACE);

        var response = send(HttpMethod.POST, "/sign-in", "authorization", "Bearer " + key);

        assertThat(response.status().code()).isEqualTo(204);
        assertThat(response.headers().getAll("set-cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.split("; ", -1))
                        .containsExactlyInAnyOrder(
                                "deploytrace-session=" + key, "Path=/", "HTTPOnly", "SameSite=Strict"));
        assertThat(response.contentUtf8()).doesNotContain(key);
    }

    @Test
    void signIn_behindAProxyThatEndsTls_keepsTheKeyForTlsAndThisHostAlone() {
        var key = server.key(Role.READ, null);

        var response =
                send(HttpMethod.POST, "/sign-in", "authorization", "Bearer " + key, "x-forwarded-proto", "https");

        assertThat(response.headers().get("set-cookie"))
                .startsWith("__Host-deploytrace-session=" + key + ";")
                .contains("Secure");
    }

    @Test
    void session_ofAKey_readsWhatTheKeyMayReadAndStoresNothing() {
        var session = signIn(server.key(Role.ADMIN, TestServer.WORKSPACE));

        assertThat(send(HttpMethod.GET, WORKSPACES, "cookie", session).contentUtf8())
                .contains(TestServer.WORKSPACE.toString())
                .doesNotContain(TestServer.OTHER_WORKSPACE.toString());
        assertThat(status(HttpMethod.GET, targets(TestServer.WORKSPACE), "cookie", session))
                .isEqualTo(200);
        assertThat(status(HttpMethod.GET, targets(TestServer.OTHER_WORKSPACE), "cookie", session))
                .isEqualTo(404);
        assertThat(status(HttpMethod.POST, "/v1/traces", "cookie", session, "content-type", "application/x-protobuf"))
                .isEqualTo(401);
    }

    @Test
    void session_ofAKeyThatWasRevoked_isRefusedAtOnce() {
        var deadline = Deadline.after(Duration.ofSeconds(10));
        var issued = server.keys.create(Role.READ, null, null, null, deadline);
        var session = signIn(issued.secret());
        server.keys.revoke(issued.key().prefix(), deadline);

        assertThat(status(HttpMethod.GET, WORKSPACES, "cookie", session)).isEqualTo(401);
    }

    @Test
    void session_whenAnotherSiteAsks_doesNotCount() {
        var session = signIn(server.key(Role.READ, null));

        assertThat(status(HttpMethod.GET, WORKSPACES, "cookie", session, "sec-fetch-site", "same-origin"))
                .isEqualTo(200);
        assertThat(status(HttpMethod.GET, WORKSPACES, "cookie", session, "sec-fetch-site", "cross-site"))
                .isEqualTo(401);
        assertThat(status(HttpMethod.GET, WORKSPACES, "cookie", session, "sec-fetch-site", "same-site"))
                .isEqualTo(401);
        assertThat(status(HttpMethod.GET, WORKSPACES, "cookie", session, "origin", "https://other.example"))
                .isEqualTo(401);
    }

    @Test
    void signIn_fromAnotherSite_isRefused() {
        var key = "Bearer " + server.key(Role.READ, null);

        var response = send(HttpMethod.POST, "/sign-in", "authorization", key, "origin", "https://other.example");

        assertThat(response.status().code()).isEqualTo(403);
        assertThat(response.headers().contains("set-cookie")).isFalse();
    }

    @Test
    void signIn_withWhatIsNoKey_isRefusedWithoutACookie() {
        var token = "Bearer " + server.tokens.issue(TestServer.job());

        assertThat(status(HttpMethod.POST, "/sign-in", "authorization", token)).isEqualTo(403);
        assertThat(status(HttpMethod.POST, "/sign-in", "authorization", "Bearer dt_nobody"))
                .isEqualTo(401);
        assertThat(status(HttpMethod.POST, "/sign-in")).isEqualTo(401);
    }

    @Test
    void session_thatIsAJobToken_readsNothing() {
        var session = "deploytrace-session=" + server.tokens.issue(TestServer.job());

        assertThat(status(HttpMethod.GET, targets(TestServer.WORKSPACE), "cookie", session))
                .isEqualTo(404);
    }

    @Test
    void signOut_always_removesTheCookie() {
        var response = send(HttpMethod.POST, "/sign-out");

        assertThat(response.status().code()).isEqualTo(204);
        assertThat(response.headers().get("set-cookie"))
                .startsWith("deploytrace-session=;")
                .contains("Max-Age=0");
        assertThat(status(HttpMethod.POST, "/sign-out", "sec-fetch-site", "cross-site"))
                .isEqualTo(403);
    }

    @Test
    void session_onAServerWithoutKeys_isOfNoMatter() {
        try (var open = TestServer.start()) {
            assertThat(send(open, HttpMethod.GET, WORKSPACES, "cookie", "deploytrace-session=old")
                            .status()
                            .code())
                    .isEqualTo(200);
            assertThat(send(open, HttpMethod.POST, "/sign-in").headers().contains("set-cookie"))
                    .isFalse();
        }
    }

    private static String targets(UUID workspace) {
        return WORKSPACES + "/" + workspace + "/targets";
    }

    private int status(HttpMethod method, String path, String... headers) {
        return send(method, path, headers).status().code();
    }
}
