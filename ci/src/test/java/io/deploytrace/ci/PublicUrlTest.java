package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses lose what may be secret, and nothing else. */
class PublicUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://example.com/a/b.git https://example.com/a/b.git",
                "https://example.com:8080/a@v2 https://example.com:8080/a@v2",
                "https://[::1]:8080/a https://[::1]:8080/a",
                "https://ada:s3cr3t@example.com/a https://example.com/a",
                "https://s3cr3t@example.com https://example.com",
                "https://ada:s3@cr3t@example.com/a https://example.com/a",
                "https://ada:s3/cr#3?t@example.com/a https://example.com/a",
                "https://example.com/a?token=s3cr3t https://example.com/a",
                "https://example.com/a#s3cr3t https://example.com/a",
                "ssh://git@example.com:22/a ssh://example.com:22/a",
                "git@example.com:a/b.git git@example.com:a/b.git",
                "ada:s3cr3t@example.com/a example.com/a",
                "example.com:8080/a@v2 example.com:8080/a@v2",
            })
    void of_address_isWithoutItsSecrets(String url, String expected) {
        assertThat(PublicUrl.of(url)).isEqualTo(expected);
    }
}
