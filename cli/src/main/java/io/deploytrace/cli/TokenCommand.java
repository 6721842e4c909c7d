package io.deploytrace.cli;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues a job token. */
@Command(
        name = "token",
        description = "Issue a job token, with which the system that runs a job records spans under it.",
        footer = {
            "",
            "DEPLOYTRACE_TOKEN_SECRET holds the keys, as KID:SECRET, several divided by commas, of which the first signs;"
                    + " DEPLOYTRACE_TOKEN_SECRET_FILE names a file that does.",
            "With --parent, --target and the id of the workspace, no database is asked.",
            "",
            "Example:",
            "  export DEPLOYTRACE_TOKEN_SECRET=\"k1:$(openssl rand -base64 32)\"",
            "  ${ROOT-COMMAND-NAME} token 0123456789abcdef0123456789abcdef --job deploy-42 --ttl 1h"
        })
final class TokenCommand implements Callable<Integer> {

    private final Environment environment;
    private final Stores stores;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Parameters(paramLabel = "TRACE", description = "The trace that triggered the job, 32 hexadecimal digits.")
    private String traceId;

    @Option(names = "--job", required = true, paramLabel = "ID", description = "The job.")
    private String jobId;

    @Option(
            names = "--parent",
            paramLabel = "SPAN",
            description = "The span under which the job's spans belong, 16 hexadecimal digits."
                    + " By default the one that triggered the job.")
    private @Nullable String parentSpanId;

    @Option(
            names = "--target",
            paramLabel = "KEY",
            description = "The release target's key. By default that of the trace.")
    private @Nullable String releaseTargetKey;

    @Option(names = "--release", paramLabel = "ID", description = "The release. By default that of the trace.")
    private @Nullable String releaseId;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "24h",
            description = "How long the token is valid: 24h (the default), 30m.")
    private Duration lifetime;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    TokenCommand(Environment environment, Stores stores) {
        this.environment = environment;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        requireHex("TRACE", traceId, 32);
        if (parentSpanId != null) {
            requireHex("--parent", parentSpanId, 16);
        }
        var tokens = TokenKeys.read(environment).withClock(environment.clock());
        var job = job();
        print(checked(() -> tokens.withLifetime(lifetime).issue(job)));
        return ExitCode.DONE;
    }

    /** What is made of the arguments alone, which are at fault if it can't be made. */
    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw ProgramException.usage("There can't be such a token: " + e.getMessage());
        }
    }

    private static void requireHex(String argument, String value, int digits) {
        if (!value.matches("[0-9a-f]{" + digits + "}")) {
            throw ProgramException.usage(
                    argument + " must be " + digits + " lower-case hexadecimal digits, but is '" + value + "'.");
        }
    }

    private JobReference job() {
        var workspaceId = workspaceOption.id();
        return workspaceId.isPresent() && parentSpanId != null && releaseTargetKey != null
                ? reference(workspaceId.get(), parentSpanId, releaseTargetKey, releaseId)
                : lookUp();
    }

    private JobReference lookUp() {
        try (var store = stores.open(database)) {
            var workspace = workspaceOption.resolve(store.workspaces(), environment, Deadlines.answer());
            var trace = JobTrace.read(store.reader(), workspace.id(), traceId);
            return reference(
                    workspace.id(),
                    parentSpanId == null ? trace.spanThatTriggered(jobId) : trace.requireSpan(parentSpanId),
                    releaseTargetKey == null ? trace.releaseTargetKey() : releaseTargetKey,
                    releaseId == null ? trace.releaseId() : releaseId);
        }
    }

    private JobReference reference(UUID workspace, String parent, @Nullable String target, @Nullable String release) {
        return checked(() -> new JobReference(workspace.toString(), traceId, parent, jobId, target, release));
    }

    private void print(String token) {
        if (json) {
            var expiresAt = JobTokens.read(token).expiresAt();
            JsonOutput.print(environment.out(), generator -> {
                generator.writeStartObject();
                generator.writeStringField("token", token);
                generator.writeStringField("expiresAt", expiresAt.toString());
                generator.writeEndObject();
            });
        } else {
            environment.out().println(token);
        }
    }
}
