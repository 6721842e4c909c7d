package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PieceByPieceTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    @Test
    void response_toAClientThatTakesEachPieceInTime_endsAllTheSame() {
        var context = ServiceRequestContext.of(HttpRequest.of(HttpMethod.GET, "/"));
        var endless = new PieceByPiece(
                context,
                context.blockingTaskExecutor(),
                deadline -> new byte[1],
                PATIENCE,
                PATIENCE,
                new FailureLog((level, line, cause) -> {}, (task, delay) -> {}));

        var response = endless.response(ResponseHeaders.of(200), new byte[1]);

        // Whoever subscribes takes each piece as soon as it is there.
        var ended = response.subscribe();
        assertThatThrownBy(() -> ended.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
    }
}
