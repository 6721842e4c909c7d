package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that can't work are refused when they are made, with what to do. */
class BuilderTest {

    private static final String KEY = "dt_abcd1234_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final URI SERVER = URI.create("https://deploytrace.example:8090");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploytrace:8090              | must begin with https:// or http://, but is deploytrace:8090.",
                "/v1/traces                    | must begin with https:// or http://, but is /v1/traces.",
                "grpc://localhost:4317         | must begin with https:// or http://, but is grpc://localhost:4317.",
                "https:///path                 | must name a host, but is https:///path.",
                "https://a_b:8090              | must name a host, but is https://a_b:8090.",
                "https://me:secret@localhost   | must hold no user and no password: the key goes by itself.",
                "https://localhost?key=secret  | must end with its path, without ? and #.",
                "https://localhost#fragment    | must end with its path, without ? and #.",
                "https://localhost/v1/traces   | must be that of the server alone, without /v1/traces.",
                "https://localhost/v1/traces/  | must be that of the server alone, without /v1/traces."
            })
    void builder_addressThatIsNone_isRefused(URI address, String problem) {
        assertThatThrownBy(() -> RemoteSpanWriter.builder(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The server's address " + problem + " Give one such as https://deploytrace.example.com:8090.")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "dt_secret\n", "dt secret", "\"dt_secret\"", "dt_sécret"})
    void key_thatNoneCanBe_isRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> RemoteSpanWriter.builder(SERVER).key(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The key must be letters, digits and -._~+/ alone, but has ")
                .message()
                .doesNotContain("cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://deploytrace:8090",
                "http://10.0.0.7:8090",
                "http://127.0.0.1.example:8090",
                "http://localhost.example",
                "http://[::2]:8090",
                "HTTP://deploytrace"
            })
    void build_keyOverPlainHttpToAnotherMachine_isRefusedUnlessAllowed(URI address) {
        var builder = RemoteSpanWriter.builder(address);
        assertThatCode(builder::build).doesNotThrowAnyException();

        builder.key(KEY);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The key would be sent to " + address + " unencrypted. Use https, or"
                        + " allowUnencryptedKey() if the network encrypts by other means.");

        assertThatCode(builder.allowUnencryptedKey()::build).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8090",
                "http://LOCALHOST:8090",
                "http://127.0.0.1:8090",
                "http://127.1.2.3",
                "http://[::1]:8090",
                "http://[0:0:0:0:0:0:0:1]",
                "https://deploytrace:8090"
            })
    void build_keyThatStaysOnTheMachineOrIsEncrypted_isAllowed(URI address) {
        assertThat(RemoteSpanWriter.builder(address).key(KEY).build()).hasToString("RemoteSpanWriter[" + address + "]");
    }

    @Test
    void connectTimeout_ofNothing_isRefused() {
        assertThatThrownBy(() -> RemoteSpanWriter.builder(SERVER).connectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connectTimeout must be more than zero, but is PT0S");
    }

    @Test
    void connectTimeout_besideAClientOfOnesOwn_isRefused() {
        var builder = RemoteSpanWriter.builder(SERVER)
                .httpClient(HttpClient.newHttpClient())
                .connectTimeout(Duration.ofSeconds(1));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connectTimeout has no effect on a client of your own. Set it there.");
    }

    @Test
    void httpClient_thatFollowsRedirects_isRefused() {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatThrownBy(() -> RemoteSpanWriter.builder(SERVER).httpClient(client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The HttpClient must not follow redirects, but follows NORMAL. Build it with"
                        + " followRedirects(NEVER), which is the default.");
    }

    @Test
    void maximumRequestBytes_belowAKibibyte_isRefused() {
        assertThatThrownBy(() -> RemoteSpanWriter.builder(SERVER).maximumRequestBytes(1_023))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximumRequestBytes must be at least 1024, but is 1023");
    }
}
