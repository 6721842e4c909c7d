package io.deploytrace.ci;

import io.deploytrace.span.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where a job's spans go.
 *
 * @param server the server, without a path of its own
 * @param token the job token; its text never holds a line break
 * @param key what tells the job's state from that of others: made of the token and of what the CI system calls the job
 * @param variables the environment of this process
 */
record JobSettings(URI server, String token, String key, Map<String, String> variables) {

    static final String URL = "DEPLOYTRACE_URL";
    static final String TOKEN = "DEPLOYTRACE_TOKEN";
    static final String TIMEOUT = "DEPLOYTRACE_TIMEOUT";

    /** Where {@code deploytrace serve} listens on this machine. */
    static final String DEFAULT_URL = "http://127.0.0.1:8090";

    /** @throws IllegalArgumentException if one of the variables isn't what it must be; the message says which, and never quotes the token */
    static JobSettings of(Map<String, String> variables) {
        var token = variables.getOrDefault(TOKEN, "").strip();
        if (token.isEmpty()) {
            throw new IllegalArgumentException(TOKEN
                    + " isn't set. The controller that triggers the job hands it over, or 'deploytrace token' does.");
        }
        if (!isPlain(token)) {
            throw new IllegalArgumentException(TOKEN + " isn't a token: it holds spaces or other characters.");
        }
        var settings = new JobSettings(server(variables), token, key(token, variables), variables);
        var unused = settings.patience();
        return settings;
    }

    private static boolean isPlain(String token) {
        for (var i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static URI server(Map<String, String> variables) {
        var text = variables.getOrDefault(URL, "").strip();
        try {
            var server = URI.create(text.isEmpty() ? DEFAULT_URL : withoutSlash(text));
            if (isServer(server)) {
                return server;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as what is no server's address.
        }
        throw new IllegalArgumentException(
                URL + " must be the address of the server, such as https://deploytrace.example.com, but is '"
                        + PublicUrl.of(text) + "'.");
    }

    private static boolean isServer(URI server) {
        return ("http".equals(server.getScheme()) || "https".equals(server.getScheme()))
                && server.getHost() != null
                && server.getRawUserInfo() == null
                && server.getRawQuery() == null
                && server.getRawFragment() == null;
    }

    private static String withoutSlash(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** FNV-1a of 64 bits: it keeps the files of a few jobs apart, nothing secret, and needs no look at what hashes are installed. */
    private static String key(String token, Map<String, String> variables) {
        var hash = 0xcbf29ce484222325L;
        var text = token + ' ' + Runner.jobOf(new RunnerVariables(variables));
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return HexFormat.of().toHexDigits(hash);
    }

    /** Where spans are sent. */
    URI traces() {
        return URI.create(server + "/v1/traces");
    }

    /** How long a command waits for the server, in all. */
    Duration patience() {
        var text = variables.getOrDefault(TIMEOUT, "").strip();
        try {
            return text.isEmpty() ? JobRecorder.PATIENCE : DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(TIMEOUT + ": " + e.getMessage() + ".", e);
        }
    }

    /** The text names the server alone. */
    @Override
    public String toString() {
        return server.toString();
    }
}
