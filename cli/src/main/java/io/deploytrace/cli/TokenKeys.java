package io.deploytrace.cli;

import io.deploytrace.recorder.JobTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the keys of job tokens from the environment. There are none by default. */
final class TokenKeys {

    private static final String SECRET = "DEPLOYTRACE_TOKEN_SECRET";
    private static final String FILE = "DEPLOYTRACE_TOKEN_SECRET_FILE";

    private TokenKeys() {}

    /**
     * The tokens that the keys sign.
     *
     * @throws ProgramException if there are no keys, two sources of them, or a key that isn't one; never quotes a secret
     */
    static JobTokens read(Environment environment) {
        var secret = environment.variable(SECRET);
        var file = environment.variable(FILE);
        if (secret.isPresent() && file.isPresent()) {
            throw ProgramException.usage("Both " + SECRET + " and " + FILE + " are set: unset one of them.");
        }
        if (secret.isEmpty() && file.isEmpty()) {
            throw ProgramException.usage("There is no key to sign a token with: set " + SECRET + " to KID:SECRET, its"
                    + " secret such as from 'openssl rand -base64 32', or " + FILE + " to a file that holds that.");
        }
        return file.isPresent() ? parse(FILE, readFile(file.get())) : parse(SECRET, secret.get());
    }

    /** As {@link #read}; empty if there are no keys. */
    static Optional<JobTokens> readIfAny(Environment environment) {
        return variable(environment).map(set -> read(environment));
    }

    /** The variable that they come from; empty if there are none. */
    static Optional<String> variable(Environment environment) {
        return Stream.of(SECRET, FILE)
                .filter(name -> environment.variable(name).isPresent())
                .findFirst();
    }

    private static String readFile(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | IllegalArgumentException e) {
            throw ProgramException.usage(FILE + ": the file " + path + " can't be read.");
        }
    }

    private static JobTokens parse(String source, String keys) {
        try {
            return JobTokens.ofKeys(keys.strip());
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage(source + ": " + e.getMessage() + ".");
        }
    }
}
