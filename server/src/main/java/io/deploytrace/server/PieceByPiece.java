package io.deploytrace.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Answer;
import io.deploytrace.store.Deadline;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a body piece by piece, the next one when the client has taken the one before. A client that takes too long for a piece, or
 * {@value #PIECES_OF_PATIENCE} times as long for all of them, is cut off. If a piece can't be read, the body is broken off, so that the
 * client can't take it for complete.
 */
final class PieceByPiece {

    /** Who takes each piece at the last moment would else hold a place for as long as it likes. */
    static final int PIECES_OF_PATIENCE = 20;

    private final ServiceRequestContext context;
    private final Executor executor;
    private final Answer.Pieces pieces;
    private final Duration patience;
    private final Duration readTimeout;
    private final FailureLog failures;
    private final HttpResponseWriter response = HttpResponse.streaming();

    /**
     * A body.
     *
     * @param patience how long a client may take for a piece
     * @param readTimeout how long the store may take for one
     * @param failures logs what breaks a body off
     */
    PieceByPiece(
            ServiceRequestContext context,
            Executor executor,
            Answer.Pieces pieces,
            Duration patience,
            Duration readTimeout,
            FailureLog failures) {
        this.context = context;
        this.executor = executor;
        this.pieces = pieces;
        this.patience = patience;
        this.readTimeout = readTimeout;
        this.failures = failures;
    }

    /** The response, of which the rest follows as the client reads. */
    HttpResponse response(ResponseHeaders headers, byte[] first) {
        context.clearRequestTimeout();
        response.write(headers);
        var end = cutOffAfter(patience.multipliedBy(PIECES_OF_PATIENCE));
        var unused = response.whenComplete().whenComplete((sent, failure) -> end.cancel(false));
        send(first);
        return response;
    }

    private void send(byte[] piece) {
        if (!response.tryWrite(HttpData.wrap(piece))) {
            return;
        }
        var cutOff = cutOffAfter(patience);
        var unused = response.whenConsumed()
                .whenComplete((taken, gone) -> cutOff.cancel(false))
                .thenRunAsync(this::sendNext, executor);
    }

    private ScheduledFuture<?> cutOffAfter(Duration time) {
        var late = new TimeoutException("The client didn't take it within " + time.toMillis() + " ms");
        return context.eventLoop().schedule(() -> cutOff(late), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Over HTTP/2 what the client doesn't take would keep the request, and its place, until the connection ends. */
    private void cutOff(TimeoutException late) {
        response.close(late);
        context.cancel(late);
    }

    private void sendNext() {
        try {
            var piece = pieces.next(Deadline.after(readTimeout));
            if (piece == null) {
                response.close();
            } else {
                send(piece);
            }
        } catch (RuntimeException | Error e) {
            failures.failed("An answer was broken off", String.valueOf(e.getMessage()), e);
            response.close(e);
        }
    }
}
