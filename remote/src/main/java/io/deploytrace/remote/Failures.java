package io.deploytrace.remote;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The words for a call that got no answer. */
final class Failures {

    static final String NOTHING = " Nothing was written.";
    static final String UNKNOWN = " The call may or may not have taken effect. Make it again; repeating it is safe.";

    private final ServerAddress server;

    Failures(ServerAddress server) {
        this.server = server;
    }

    SpanStoreException passedBefore() {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED, "The deadline passed before the server at " + server + " was asked." + NOTHING);
    }

    SpanStoreException passed(Exception cause) {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED,
                "The deadline passed before the server at " + server + " answered." + UNKNOWN,
                cause);
    }

    SpanStoreException noAnswer(Throwable failure) {
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return unreachable(failure);
        }
        if (first(failure, CertificateException.class) != null) {
            return untrusted(failure);
        }
        if (failure instanceof SSLException) {
            return notEncrypted(failure);
        }
        return new SpanStoreException(
                Reason.UNAVAILABLE,
                "The connection to the server at " + server + " broke before it answered: " + detail(failure) + "."
                        + UNKNOWN,
                failure);
    }

    private SpanStoreException unreachable(Throwable failure) {
        var detail = first(failure, UnresolvedAddressException.class) == null
                ? detail(failure, "it accepts no connection")
                : "its host name can't be resolved";
        return new SpanStoreException(
                Reason.UNAVAILABLE,
                "The server at " + server + " can't be reached: " + detail
                        + ". Start it, or give the writer the address where it listens." + NOTHING,
                failure);
    }

    /** Repeating it doesn't help until someone changes a setting. */
    private SpanStoreException untrusted(Throwable failure) {
        return new SpanStoreException(
                Reason.NOT_READY,
                "The certificate of the server at " + server + " isn't trusted: " + detail(failure)
                        + ". Use the host name that it was made for, and give the writer an HttpClient whose SSLContext"
                        + " trusts who signed it." + NOTHING,
                failure);
    }

    private SpanStoreException notEncrypted(Throwable failure) {
        return new SpanStoreException(
                Reason.UNAVAILABLE,
                "No encrypted connection to the server at " + server + " could be made or kept: " + detail(failure)
                        + ". If it never works, see whether the server speaks TLS there." + UNKNOWN,
                failure);
    }

    private static <T extends Throwable> @Nullable Throwable first(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).findFirst().orElse(null);
    }

    private static String detail(Throwable failure) {
        return detail(failure, failure.getClass().getSimpleName());
    }

    /** What the first of the causes says that says anything: the JDK's outermost ones are often mute, and so may all be. */
    private static String detail(Throwable failure, String otherwise) {
        return causes(failure)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .map(Texts::shown)
                .findFirst()
                .orElse(otherwise);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10);
    }
}
