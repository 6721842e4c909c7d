package io.deploytrace.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/** Reads what a server answered. */
final class Answers {

    private static final int OK = 200;
    private static final Pattern RESULT =
            Pattern.compile("inserted=(\\d{1,9}),updated=(\\d{1,9}),unchanged=(\\d{1,9})");

    private final ServerAddress server;
    private final Refusals refusals;

    Answers(ServerAddress server) {
        this.server = server;
        this.refusals = new Refusals(server);
    }

    /**
     * What the write did.
     *
     * @param spans how many were sent
     * @throws SpanStoreException if they weren't stored
     */
    WriteResult read(HttpResponse<byte[]> answer, int spans) {
        if (answer.statusCode() != OK) {
            throw refusals.of(answer, spans);
        }
        var partialSuccess = partialSuccess(answer);
        if (partialSuccess.getRejectedSpans() > 0) {
            throw rejected(answer, partialSuccess);
        }
        return result(answer, spans);
    }

    private ExportTracePartialSuccess partialSuccess(HttpResponse<byte[]> answer) {
        if (!Bodies.isProtobuf(answer)) {
            throw foreign("its answer is " + Bodies.type(answer) + ", not " + Protocol.PROTOBUF);
        }
        try {
            return ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        } catch (InvalidProtocolBufferException garbage) {
            throw foreign("its answer is no message of the protocol");
        }
    }

    private WriteResult result(HttpResponse<byte[]> answer, int spans) {
        var header = answer.headers().firstValue(Protocol.RESULT).orElse("");
        var counts = RESULT.matcher(header);
        if (!counts.matches()) {
            throw foreign("its answer has no header " + Protocol.RESULT + ", without which spans that a collector"
                    + " took would be believed to be stored");
        }
        var result = new WriteResult(
                Integer.parseInt(counts.group(1)),
                Integer.parseInt(counts.group(2)),
                Integer.parseInt(counts.group(3)));
        if (result.inserted() + result.updated() + result.unchanged() != spans) {
            throw foreign("it answered for other than the " + spans + " spans of the call: " + header);
        }
        return result;
    }

    /** Without a reason it wasn't one of our servers, which may have stored the other spans all the same. */
    private SpanStoreException rejected(HttpResponse<byte[]> answer, ExportTracePartialSuccess partialSuccess) {
        var reason = answer.headers().firstValue(Protocol.REJECTION);
        var message = Texts.shown(partialSuccess.getErrorMessage());
        if (reason.isEmpty()) {
            return foreign("it rejected " + partialSuccess.getRejectedSpans() + " spans (" + message
                    + ") without the header " + Protocol.REJECTION);
        }
        return new SpanStoreException(
                Refusals.reason(reason.get()),
                "The server at " + server + " refused the spans: " + message + "."
                        + (message.endsWith("Nothing was written") ? "" : Failures.NOTHING));
    }

    private SpanStoreException foreign(String problem) {
        return new SpanStoreException(
                Reason.NOT_READY,
                "What answers at " + server + " isn't a Deploytrace server: " + problem
                        + ". Give the writer the server's own address." + Failures.UNKNOWN);
    }
}
