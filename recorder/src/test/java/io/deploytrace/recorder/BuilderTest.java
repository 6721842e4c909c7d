package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong arguments at the start throw, and name the argument. */
class BuilderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "production",
                "1-1-1-1-1",
                "7f6b1f0e0d3c4c1e9a550f6f2a3d9b10",
                "7f6b1f0e-0d3c-4c1e-9a55-0f6f2a3d9b1g"
            })
    void workspaceId_thatIsNoUuid_isRefused(String workspaceId) {
        assertThatThrownBy(() -> ReconcileTarget.builder(workspaceId, "target"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workspaceId must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but is '%s'"
                        .formatted(workspaceId));
    }

    @Test
    void workspaceId_inUpperCase_isKeptInLowerCase() {
        var recorder = ReconcileTarget.builder("7F6B1F0E-0D3C-4C1E-9A55-0F6F2A3D9B10", "target")
                .start();

        assertThat(recorder.spans().get(0).workspaceId()).isEqualTo("7f6b1f0e-0d3c-4c1e-9a55-0f6f2a3d9b10");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_thatIsBlankOrCantBeStored_isRefused(String name, Consumer<String> argument) {
        assertRefused(name + " must not be blank", () -> argument.accept(" "));
        assertRefused(name + " must have at most 512 characters, but has 513", () -> argument.accept("x".repeat(513)));
        assertRefused(
                name + " has a NUL or half of a surrogate pair at character 1, which can't be stored",
                () -> argument.accept("a\0"));
        assertThatThrownBy(() -> argument.accept(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name);
        argument.accept("x".repeat(512));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                argument("releaseTargetKey", text -> ReconcileTarget.builder(TestRecorder.WORKSPACE, text)),
                argument("trigger", text -> TestRecorder.builder().trigger(text)),
                argument("releaseId", text -> TestRecorder.builder().releaseId(text)),
                argument("jobId", text -> TestRecorder.builder().jobId(text)));
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                argument("workspaceId", x -> ReconcileTarget.builder(null, "target")),
                argument("store", x -> TestRecorder.builder().store(null)),
                argument("tokens", x -> TestRecorder.builder().tokens(null)),
                argument("masking", x -> TestRecorder.builder().masking(null)),
                argument("clock", x -> TestRecorder.builder().clock(null)),
                argument("persistTimeout", x -> TestRecorder.builder().persistTimeout(null)),
                argument("processor", x -> TestRecorder.builder().spanProcessor(null)));
    }

    private static Arguments argument(String name, Consumer<String> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void null_isRefusedAndNamed(String name, Consumer<String> call) {
        assertThatThrownBy(() -> call.accept(""))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name);
    }

    @Test
    void persistTimeout_thatIsNotPositive_isRefused() {
        assertRefused(
                "persistTimeout must be more than zero, but is PT0S",
                () -> TestRecorder.builder().persistTimeout(Duration.ZERO));
    }

    @Test
    void start_again_isAnotherTrace() {
        var builder = TestRecorder.builder();
        var first = builder.start();
        builder.trigger("later");

        assertThat(builder.start().traceId()).isNotEqualTo(first.traceId());
        assertThat(first.spans().get(0).name()).isEqualTo("Reconciliation");
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
