package io.deploytrace.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Answers 200 if all is well, else 503. */
final class HealthService implements HttpService {

    private final Supplier<CompletableFuture<Boolean>> healthy;

    HealthService(Supplier<CompletableFuture<Boolean>> healthy) {
        this.healthy = healthy;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(healthy.get().thenApply(HealthService::answer));
    }

    private static HttpResponse answer(boolean healthy) {
        return HttpResponse.of(
                healthy ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                MediaType.JSON_UTF_8,
                HttpData.ofUtf8(healthy ? "{\"healthy\":true}" : "{\"healthy\":false}"));
    }
}
