package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

    private final List<String> lines = new ArrayList<>();
    private final FailureLog failures =
            new FailureLog((level, line, cause) -> lines.add(level + " " + line), (delay, task) -> {});

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, WARN", "NOT_READY, ERROR", "OTHER, ERROR"})
    void authenticate_keysCannotBeChecked_isRefusedAndLogged(Reason reason, String level) {
        var keys = new BrokenKeys(new SpanStoreException(reason, "permission denied"));
        var authentication = new Authentication(true, keys, null, Runnable::run, Runnable::run, failures);

        var principal = authentication.authenticate(List.of("Bearer dt_abcdefgh_key"), DEADLINE);

        assertThatThrownBy(principal::join).hasCauseInstanceOf(RefusedException.class);
        assertThat(lines).containsExactly(level + " A key could not be checked: permission denied");
    }

    @Test
    void authenticate_unknownKey_isRefusedAndNotLogged() {
        var authentication =
                new Authentication(true, new MemoryApiKeys(), null, Runnable::run, Runnable::run, failures);

        var principal = authentication.authenticate(List.of("Bearer dt_abcdefgh_key"), DEADLINE);

        assertThatThrownBy(principal::join).hasCauseInstanceOf(RefusedException.class);
        assertThat(lines).isEmpty();
    }
}
