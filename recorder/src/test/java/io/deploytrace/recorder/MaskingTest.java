package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.recorder.Row.Note;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Masking;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets never reach a span. */
class MaskingTest {

    private final ReconcileTarget recorder = TestRecorder.start();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password", "DB_PASSWORD", "dbPassword", "passphrase", "client_secret", "secret", "GITHUB_TOKEN",
                        "token",
                "Authorization", "bearer", "api_key", "apiKey", "API-KEY", "api.key", "x-api-key", "accessKey",
                "aws_access_key_id", "private key", "ssh_key", "credentials", "Set-Cookie", "pwd", "passwd"
            })
    void standard_masksKeysThatNameSecrets(String key) {
        assertThat(Masking.standard().masks(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"approver", "policy_type", "key", "author", "workflow", "passed", "compass", "monkey", ""})
    void standard_leavesOtherKeys(String key) {
        assertThat(Masking.standard().masks(key)).isFalse();
    }

    @Test
    void masking_coversMetadataAttributesAndJobConfiguration() {
        recorder.addMetadata("api_key", "hunter2");
        recorder.addMetadata("request", Map.of("url", "https://example.org", "authorization", "hunter2"));
        recorder.addMetadata("request", (Object) Map.of("headers", Map.of("cookie", "hunter2", "accept", "*/*")));
        recorder.addMetadata("credentials", Map.of("user", "alice", "key", "hunter2"));
        recorder.setAttribute("db_password", List.of("hunter2"));
        recorder.startExecution().triggerJob("argo", Map.of("github_token", "hunter2", "app", "api"));

        var spans = recorder.spans();
        assertThat(spans.toString()).doesNotContain("hunter2");
        assertThat(spans.get(0).events().stream().map(Note::of))
                .containsExactly(
                        Note.of("api_key", Map.of("api_key", "***")),
                        Note.of("request", Map.of("url", "https://example.org", "authorization", "***")),
                        Note.of(
                                "request",
                                Map.of("request", Map.of("headers", Map.of("cookie", "***", "accept", "*/*")))),
                        Note.of("credentials", Map.of("user", "***", "key", "***")));
        assertThat(spans.get(0).attributes().get("db_password")).isEqualTo("***");
        assertThat(spans.get(2).attributes().get("ctrlplane.job_config.github_token"))
                .isEqualTo("***");
        assertThat(spans.get(2).attributes().get("ctrlplane.job_config.app")).isEqualTo("api");
    }

    @Test
    void masking_coversMapsWithinLists() {
        recorder.addMetadata("servers", List.of(Map.of("host", "a", "password", "hunter2")));

        assertThat(recorder.spans().get(0).events().get(0).attributes().get("servers"))
                .isEqualTo(List.of(Map.of("host", "a", "password", "***")));
    }

    @Test
    void masking_happensBeforeAnyExporterSeesTheSpan() {
        var exporter = InMemorySpanExporter.create();
        var exported = TestRecorder.builder()
                .spanProcessor(SimpleSpanProcessor.create(exporter))
                .start();
        exported.startExecution()
                .triggerJob("argo", Map.of("password", "hunter2"))
                .addMetadata("secret", "hunter2")
                .setAttribute("pwd", "hunter2")
                .end();

        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(exporter.getFinishedSpanItems().toString()).contains("***").doesNotContain("hunter2");
    }

    @Test
    void and_addsAPatternToTheOthers() {
        var masking = Masking.standard().and("^customer_");

        assertThat(masking.masks("Customer_name")).isTrue();
        assertThat(masking.masks("password")).isTrue();
        assertThat(masking.masks("my_customer_name")).isFalse();
        assertThat(Masking.standard().masks("customer_name")).isFalse();
    }

    @Test
    void none_masksNothing() {
        var open = TestRecorder.builder().masking(Masking.none()).start();
        open.addMetadata("password", "visible");

        assertThat(open.spans().get(0).events().get(0).attributes().get("password"))
                .isEqualTo("visible");
        assertThat(Masking.none().and("pin").masks("password")).isFalse();
    }

    @Test
    void and_withABadPattern_throws() {
        assertThatThrownBy(() -> Masking.none().and("(")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void masks_ofMoreKeysThanAreRemembered_staysRight() {
        var masking = Masking.none().and("secret");
        for (int i = 0; i < 3_000; i++) {
            assertThat(masking.masks("key" + i)).isFalse();
            assertThat(masking.masks("secret" + i)).isTrue();
        }
    }

    @Test
    void masked_looksIntoListsAndMapsAndLeavesTheRest() {
        var value = List.of(Map.of("headers", Map.of("cookie", "hunter2", "accept", "*/*")), "token", 7L);

        assertThat(Masking.standard().masked("request", value))
                .isEqualTo(List.of(Map.of("headers", Map.of("cookie", "***", "accept", "*/*")), "token", 7L));
        assertThat(Masking.standard().masked("api_key", value)).isEqualTo("***");
        assertThat(Masking.none().masked("api_key", value)).isSameAs(value);
    }

    @Test
    void maskedEvent_ofASecretName_hasSecretsOnly() {
        var attributes = Attributes.copyOf(Map.of("user", "alice", "key", "hunter2"));

        assertThat(Masking.standard().maskedEvent("login", attributes)).isEqualTo(attributes);
        assertThat(Masking.standard().maskedEvent("credentials", attributes))
                .isEqualTo(Attributes.copyOf(Map.of("user", "***", "key", "***")));
        assertThat(Masking.none().maskedEvent("credentials", attributes)).isSameAs(attributes);
    }
}
