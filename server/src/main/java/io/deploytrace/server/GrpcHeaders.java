package io.deploytrace.server;

/** The headers and trailers of gRPC. */
final class GrpcHeaders {

    static final String STATUS = "grpc-status";
    static final String MESSAGE = "grpc-message";
    static final String DETAILS = "grpc-status-details-bin";
    static final String TIMEOUT = "grpc-timeout";
    static final String ENCODING = "grpc-encoding";
    static final String ACCEPT_ENCODING = "grpc-accept-encoding";

    private GrpcHeaders() {}
}
