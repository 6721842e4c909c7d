package io.deploytrace.server;

import io.deploytrace.recorder.JobTokens;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All kinds of credential that may come. */
final class Credentials {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private static final String SESSION = "deploytrace-session=";

    private Credentials() {}

    /** The header in which a value is sent: a session comes as a cookie. */
    static String header(String value) {
        return value.startsWith(SESSION) ? "cookie" : "authorization";
    }

    /** What is sent to prove who it is, by kind. */
    static Map<String, List<String>> all(TestServer server) {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("none", List.of());
        all.put("empty", List.of("Bearer "));
        all.put("garbage", List.of("Bearer garbage"));
        all.put("garbage with dots", List.of("Bearer not.a.token"));
        all.put(
                "another scheme",
                List.of("Basic " + bearer(server.key(Role.ADMIN, null)).substring(7)));
        all.put("two headers", List.of(bearer(server.key(Role.ADMIN, null)), bearer(server.key(Role.ADMIN, null))));
        keys(server, all);
        tokens(server, all);
        sessions(server, all);
        return all;
    }

    private static void keys(TestServer server, Map<String, List<String>> all) {
        var expired = server.keys
                .create(Role.ADMIN, null, null, Instant.now().minusSeconds(1), DEADLINE)
                .secret();
        var revoked = server.keys.create(Role.ADMIN, null, null, null, DEADLINE);
        server.keys.revoke(revoked.key().prefix(), DEADLINE);
        all.put("expired key", List.of(bearer(expired)));
        all.put("revoked key", List.of(bearer(revoked.secret())));
        all.put("read key", List.of(bearer(server.key(Role.READ, null))));
        all.put("write key", List.of(bearer(server.key(Role.WRITE, TestServer.WORKSPACE))));
        all.put("write key, other workspace", List.of(bearer(server.key(Role.WRITE, TestServer.OTHER_WORKSPACE))));
        all.put("write key, all workspaces", List.of(bearer(server.key(Role.WRITE, null))));
        all.put("admin key", List.of(bearer(server.key(Role.ADMIN, null))));
    }

    private static void tokens(TestServer server, Map<String, List<String>> all) {
        var token = server.tokens.issue(TestServer.job());
        var past = Instant.now().minus(Duration.ofDays(2));
        all.put("job token", List.of(bearer(token)));
        all.put(
                "expired token",
                List.of(bearer(server.tokens.withClock(() -> past).issue(TestServer.job()))));
        all.put("tampered token", List.of(bearer(tampered(token))));
        all.put("token without a signature", List.of(bearer(token.substring(0, token.lastIndexOf('.') + 1))));
        all.put("token with alg: none", List.of(bearer(unsigned(token))));
        var retired = JobTokens.ofKeys("k0:" + "a secret that was retired before these tests");
        all.put("token of a retired key", List.of(bearer(retired.issue(TestServer.job()))));
        var forged = JobTokens.ofKeys("k1:" + "a secret that somebody guessed under our key id");
        all.put("token of a guessed secret", List.of(bearer(forged.issue(TestServer.job()))));
    }

    /** What a browser sends that signed in, or that was tampered with. */
    private static void sessions(TestServer server, Map<String, List<String>> all) {
        var revoked = server.keys.create(Role.ADMIN, null, null, null, DEADLINE);
        server.keys.revoke(revoked.key().prefix(), DEADLINE);
        all.put("session, read key", List.of(SESSION + server.key(Role.READ, null)));
        all.put("session, other workspace", List.of(SESSION + server.key(Role.READ, TestServer.OTHER_WORKSPACE)));
        all.put("session, admin key", List.of(SESSION + server.key(Role.ADMIN, null)));
        all.put("session, revoked key", List.of(SESSION + revoked.secret()));
        all.put("session, garbage", List.of(SESSION + "garbage"));
        all.put("session, job token", List.of(SESSION + server.tokens.issue(TestServer.job())));
        all.put("session and garbage", List.of(SESSION + server.key(Role.ADMIN, null), "Bearer garbage"));
    }

    private static String bearer(String credential) {
        return "Bearer " + credential;
    }

    /** Another workspace, under the signature of the first. */
    private static String tampered(String token) {
        var parts = token.split("\\.", -1);
        var claims = decoded(parts[1]).replace(TestServer.WORKSPACE.toString(), TestServer.OTHER_WORKSPACE.toString());
        return parts[0] + "." + encoded(claims) + "." + parts[2];
    }

    private static String unsigned(String token) {
        return encoded("{\"alg\":\"none\",\"kid\":\"k1\"}") + "." + token.split("\\.", -1)[1] + ".";
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
