package io.deploytrace.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Api;

/** Describes the API to programs. */
final class DescriptionService implements HttpService {

    private final byte[] description = Api.description();

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(description));
    }
}
