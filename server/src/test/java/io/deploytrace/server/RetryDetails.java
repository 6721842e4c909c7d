package io.deploytrace.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Reads when a gRPC client is told to send again. */
final class RetryDetails {

    private RetryDetails() {}

    static long seconds(AggregatedHttpResponse response) {
        try {
            var details = Base64.getDecoder().decode(response.headers().get("grpc-status-details-bin"));
            var status = Status.parseFrom(details);
            return status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
