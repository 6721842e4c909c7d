package io.deploytrace.opa;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an error of OPA says, in its words: the message, its code and its place in the policy. */
final class ErrorText {

    private ErrorText() {}

    static String of(Object error) {
        var text = text(error);
        return text.isEmpty() ? "OPA logged an error without a message" : text;
    }

    private static String text(Object error) {
        if (error instanceof List<?> errors) {
            return errors.stream()
                    .filter(Objects::nonNull)
                    .map(ErrorText::text)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
        }
        if (error instanceof Map<?, ?> map) {
            return map.get("errors") instanceof List<?> errors && !errors.isEmpty() ? text(errors) : ofObject(map);
        }
        return error.toString();
    }

    private static String ofObject(Map<?, ?> error) {
        var message = Objects.toString(error.get("message"), "");
        var details = Stream.of(Objects.toString(error.get("code"), ""), place(error.get("location")))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        if (message.isEmpty() || details.isEmpty()) {
            return message + details;
        }
        return message + " (" + details + ")";
    }

    private static String place(@Nullable Object location) {
        return location instanceof Map<?, ?> map && map.get("file") instanceof String file
                ? file + ":" + map.get("row")
                : "";
    }
}
