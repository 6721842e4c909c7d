package io.deploytrace.recorder;

import static io.deploytrace.recorder.TestRecorder.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that holds the keys. */
class JobTokenKeysTest {

    @Test
    void parse_severalKeys_theFirstSigns() {
        var keys = JobTokenKeys.parse(" k2:" + SECRET + "2 , k1:" + SECRET + "1 ");

        assertThat(keys.signingKeyId()).isEqualTo("k2");
        assertThat(keys.signingSecret()).asString().isEqualTo(SECRET + "2");
        assertThat(keys.secret("k1")).asString().isEqualTo(SECRET + "1");
        assertThat(keys.secret("k3")).isNull();
    }

    @Test
    void parse_secretWithColons_keepsThem() {
        assertThat(JobTokenKeys.parse("k:" + SECRET + ":a:b").signingSecret())
                .asString()
                .isEqualTo(SECRET + ":a:b");
    }

    @Test
    void parse_shortSecret_isRefusedAndNotQuoted() {
        var shortSecret = "only-31-bytes-of-secret-are-few";
        assertThat(shortSecret).hasSize(31);

        assertThatThrownBy(() -> JobTokens.ofKeys("k1:" + shortSecret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The secret of job token key 'k1' has 31 bytes; it needs at least 32,"
                        + " such as from 'openssl rand -base64 32'");
    }

    @Test
    void parse_secretOf32Bytes_isAccepted() {
        assertThat(JobTokenKeys.parse("k1:" + "é".repeat(16)).signingSecret()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                "no-colon-but-long-enough-to-be-a-secret",
                ":" + SECRET,
                "a b:" + SECRET,
                "k:" + SECRET + ","
            })
    void parse_withoutAnId_isRefusedAndQuotesNothing(String text) {
        assertThatThrownBy(() -> JobTokens.ofKeys(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 'kid:secret'")
                .hasMessageNotContaining("secret-of");
    }

    @Test
    void parse_sameIdTwice_isRefused() {
        assertThatThrownBy(() -> JobTokens.ofKeys("k:" + SECRET + ",k:" + SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The job token key 'k' is given twice");
    }
}
