package io.deploytrace.ci;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Tells the server of spans, within a bound: what takes longer, such as the look-up of a name, is left behind. */
final class SpanSender {

    /** Far below what a server takes in one request. */
    private static final int SPANS_PER_REQUEST = 500;

    private static final String NO_ANSWER = "it didn't answer in time";

    private final JobSettings settings;

    SpanSender(JobSettings settings) {
        this.settings = settings;
    }

    /** Tells the server of all of them, the oldest first; ends when the time is over, or with the first problem. */
    Delivery send(List<UnsentSpan> spans, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        var sent = Delivery.nothing();
        for (var from = 0; from < spans.size(); from += SPANS_PER_REQUEST) {
            var batch = spans.subList(from, Math.min(spans.size(), from + SPANS_PER_REQUEST));
            var delivery = sendBatch(batch, Duration.ofNanos(end - System.nanoTime()));
            if (delivery.kept() > 0) {
                return sent.then(delivery.keeping(spans.size() - from));
            }
            sent = sent.then(delivery);
        }
        return sent;
    }

    private Delivery sendBatch(List<UnsentSpan> batch, Duration patience) {
        var request = new FutureTask<>(new SpanRequest(settings, patience, batch));
        var thread = new Thread(request, "deploytrace-send");
        thread.setDaemon(true);
        thread.start();
        try {
            return request.get(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreachable(batch, NO_ANSWER);
        } catch (ExecutionException e) {
            return unreachable(
                    batch, e.getCause() instanceof IOException failure ? words(failure) : String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(batch, "the command was interrupted");
        }
    }

    private Delivery unreachable(List<UnsentSpan> batch, String why) {
        return Delivery.failed(batch, "the server at " + settings + " can't be reached: " + why + ".", true);
    }

    private static String words(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "there is no host of that name";
        }
        if (failure instanceof SocketTimeoutException) {
            return NO_ANSWER;
        }
        if (failure instanceof SSLException) {
            return encryption(failure);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String encryption(IOException failure) {
        return failure.getCause() instanceof CertificateException untrusted
                ? "its certificate isn't trusted (" + untrusted.getMessage()
                        + "). Use the host name that it was made for,"
                        + " and name a file with the certificate of who signed it in " + TrustedCertificates.VARIABLE
                : "no encrypted connection (" + failure.getMessage() + "). See whether it speaks TLS there";
    }
}
