package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, and who may use it. */
final class ServeOptions {

    /** Whether credentials are asked for. */
    enum Authentication {
        none,
        required
    }

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = DeploytraceServerBuilder.DEFAULT_HOST,
            description = "The address to listen on; 0.0.0.0 is all of this machine (DEPLOYTRACE_LISTEN_HOST)."
                    + " By default ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "The port to listen on; 0 is any that is free (DEPLOYTRACE_LISTEN_PORT). By default 8090.")
    private int port;

    @Option(
            names = "--auth",
            paramLabel = "none|required",
            description =
                    "Whether clients need a key or a job token (DEPLOYTRACE_AUTH). By default none on loopback, and required"
                            + " on any other address, where none is refused.")
    private @Nullable Authentication authentication;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description =
                    "The certificate with its chain, in PEM (DEPLOYTRACE_TLS_CERTIFICATE). With it, the server speaks TLS"
                            + " alone.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's private key, in PEM, without a password (DEPLOYTRACE_TLS_KEY).")
    private @Nullable Path key;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            split = ",",
            description =
                    "A name by which clients call a server that asks for no credentials, beside localhost, 127.0.0.1 and [::1]"
                            + " (DEPLOYTRACE_ALLOWED_HOST). Several are divided by commas.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description =
                    "An origin whose web pages may ask questions, such as https://deploys.example.com, or * for all, not with"
                            + " --auth none (DEPLOYTRACE_CORS_ORIGIN). Several are divided by commas. By default none.")
    private List<String> corsOrigins = List.of();

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description =
                    "Whether log records are lines of text or JSON objects (DEPLOYTRACE_LOG_FORMAT). By default text.")
    private ServerLog.Format logFormat;

    /** How log records are written. */
    ServerLog.Format logFormat() {
        return logFormat;
    }

    /** Sets what was given. */
    void apply(DeploytraceServerBuilder server) {
        server.host(host).port(port).allowedHosts(allowedHosts).corsOrigins(corsOrigins);
        if (authentication == null ? !server.isLoopback() : authentication == Authentication.required) {
            server.authenticationRequired(true);
        }
        if (certificate != null && key != null) {
            server.tls(certificate, key);
        } else if (certificate != null || key != null) {
            throw ProgramException.usage("TLS needs both --tls-certificate and --tls-key.");
        }
    }
}
