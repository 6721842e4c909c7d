package io.deploytrace.server;

import com.linecorp.armeria.common.RequestHeaders;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** How long the sender of a gRPC call waits for the answer, as {@code grpc-timeout} says. */
final class GrpcTimeout {

    private static final Pattern FORMAT = Pattern.compile("([0-9]{1,8})([HMSmun])");

    private GrpcTimeout() {}

    /**
     * What the request says, and the most at most.
     *
     * @throws RefusedException if it says what isn't a time
     */
    static Duration atMost(Duration most, RequestHeaders headers) {
        var timeout = headers.get(GrpcHeaders.TIMEOUT);
        if (timeout == null || !GrpcProtocol.accepts(headers.contentType())) {
            return most;
        }
        var given = parse(timeout);
        return given.compareTo(most) < 0 ? given : most;
    }

    private static Duration parse(String timeout) {
        var parts = FORMAT.matcher(timeout);
        if (!parts.matches()) {
            throw Refusal.malformed("The grpc-timeout must be 1 to 8 digits and a unit: H, M, S, m, u or n.")
                    .exception();
        }
        return Duration.of(Long.parseLong(parts.group(1)), unit(timeout.charAt(timeout.length() - 1)));
    }

    private static ChronoUnit unit(char letter) {
        return switch (letter) {
            case 'H' -> ChronoUnit.HOURS;
            case 'M' -> ChronoUnit.MINUTES;
            case 'S' -> ChronoUnit.SECONDS;
            case 'm' -> ChronoUnit.MILLIS;
            case 'u' -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
    }
}
