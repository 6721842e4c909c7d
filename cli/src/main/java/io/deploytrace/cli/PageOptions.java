package io.deploytrace.cli;

import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which page of a list. */
final class PageOptions {

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "The most lines to print, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where to go on, as the page before said.")
    private @Nullable String cursor;

    /**
     * What was asked for.
     *
     * @throws ParameterException if the limit isn't one that is allowed
     */
    PageRequest request(CommandLine command) {
        if (limit < 1 || limit > PageRequest.MAXIMUM_LIMIT) {
            throw new ParameterException(
                    command, "--limit must be 1 to " + PageRequest.MAXIMUM_LIMIT + ", but is " + limit);
        }
        return new PageRequest(limit, cursor);
    }

    /**
     * What is read with the request.
     *
     * @throws ParameterException if its cursor is none that the store handed out
     */
    <T> T read(CommandLine command, PageRequest request, Function<PageRequest, T> list) {
        try {
            return list.apply(request);
        } catch (SpanStoreException e) {
            if (request.cursor() != null && e.reason() == SpanStoreException.Reason.INVALID_SPAN) {
                throw new ParameterException(command, "--cursor: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Says how to go on, where there is more. */
    static void sayMore(Environment environment, @Nullable String nextCursor) {
        if (nextCursor != null) {
            environment.out().flush();
            environment.err().println("There are more: add --cursor " + nextCursor);
        }
    }
}
