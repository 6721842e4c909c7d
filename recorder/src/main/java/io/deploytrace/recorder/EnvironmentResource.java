package io.deploytrace.recorder;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The resource that the spans of recorders name to other back ends: the SDK's default, with what the environment
 * variables {@code OTEL_RESOURCE_ATTRIBUTES} and {@code OTEL_SERVICE_NAME} say, as OpenTelemetry defines them.
 */
final class EnvironmentResource {

    private EnvironmentResource() {}

    static Resource of(Map<String, String> environment) {
        var attributes = Attributes.builder();
        for (var entry :
                environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").split(",", -1)) {
            var equals = entry.indexOf('=');
            if (equals > 0) {
                attributes.put(
                        entry.substring(0, equals).strip(),
                        decode(entry.substring(equals + 1).strip()));
            }
        }
        var service = environment.getOrDefault("OTEL_SERVICE_NAME", "");
        if (!service.isBlank()) {
            attributes.put("service.name", service.strip());
        }
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
