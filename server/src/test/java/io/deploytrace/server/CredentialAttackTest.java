package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.OtlpSender.Answer;
import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.store.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has no credentials, or not the right ones, stores nothing and learns nothing. */
class CredentialAttackTest {

    private static Installation installation;
    private static Scene scene;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start();
        scene = new Scene(installation);
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @ParameterizedTest
    @EnumSource
    void tamperedTokens_areRefusedInOneWay(Protocol protocol) throws Exception {
        var before = scene.rows(scene.victim);
        var answers = new ArrayList<String>();

        for (var token : tampered(scene.token("job-1"))) {
            var answer = send(protocol, token);
            assertThat(answer.code()).as(token).isEqualTo(protocol == Protocol.HTTP ? 401 : 16);
            answers.add(answer.message());
        }

        assertThat(answers).hasSizeGreaterThan(100);
        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    /** Claims of another workspace under the old signature, no signature, another algorithm, and a character changed in each place. */
    private static List<String> tampered(String token) {
        var parts = token.split("\\.", -1);
        var tokens = new ArrayList<String>();
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        tokens.add(parts[0] + "." + base64(claims.replace(scene.victim.toString(), scene.neighbour.toString())) + "."
                + parts[2]);
        tokens.add(parts[0] + "." + parts[1] + ".");
        tokens.add(base64("{\"alg\":\"none\",\"kid\":\"tests\"}") + "." + parts[1] + ".");
        tokens.add(base64("{\"alg\":\"none\",\"kid\":\"tests\"}") + "." + parts[1] + "." + parts[2]);
        tokens.add(base64("{\"alg\":\"HS384\",\"kid\":\"tests\"}") + "." + parts[1] + "." + parts[2]);
        tokens.add(base64("{\"alg\":\"HS256\",\"kid\":\"other\"}") + "." + parts[1] + "." + parts[2]);
        tokens.add(base64("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2]);
        var random = new Random(20_261_123);
        for (var place = 0; place < token.length(); place += 1 + random.nextInt(3)) {
            var changed = changed(token, place);
            if (changed != null) {
                tokens.add(changed);
            }
        }
        return tokens;
    }

    /** Null where the character carries bits that mean nothing, or divides the parts. */
    private static String changed(String token, int place) {
        var last = place + 1 == token.length() || token.charAt(place + 1) == '.';
        if (last || token.charAt(place) == '.') {
            return null;
        }
        return token.substring(0, place) + (token.charAt(place) == 'A' ? 'B' : 'A') + token.substring(place + 1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void keysThatDontExist_areRefusedInOneWay(Protocol protocol) throws Exception {
        var before = scene.rows(scene.victim);
        var key = scene.victimsKey;
        var revoked = installation.key(Role.WRITE, scene.victim);
        var unused = installation
                .keys()
                .revoke(revoked.substring(0, 11), Installation.deadline())
                .orElseThrow();
        var answers = new ArrayList<String>();

        for (var wrong : List.of(
                key.substring(0, key.length() - 1),
                key + "A",
                changed(key, key.length() - 5),
                changed(key, 5),
                key.toUpperCase(java.util.Locale.ROOT),
                key.substring(0, 11),
                "dt_",
                "x",
                "' OR 1 = 1 --",
                revoked)) {
            var answer = send(protocol, wrong.replace(' ', '+'));
            assertThat(answer.code()).as(wrong).isEqualTo(protocol == Protocol.HTTP ? 401 : 16);
            answers.add(answer.message());
        }

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void readKey_writesNothing(Protocol protocol) throws Exception {
        var before = scene.rows(scene.victim);

        var answer = send(protocol, installation.key(Role.READ, scene.victim));

        assertThat(answer.code()).isEqualTo(protocol == Protocol.HTTP ? 403 : 7);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void noCredentials_writeNothing(Protocol protocol) throws Exception {
        var before = scene.rows(scene.victim);

        var answer = send(protocol, null);

        assertThat(answer.code()).isEqualTo(protocol == Protocol.HTTP ? 401 : 16);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    private static Answer send(Protocol protocol, String credential) {
        return scene.send(protocol, credential, Scene.span(Scene.traceId(), Scene.spanId(), "intruder"));
    }
}
