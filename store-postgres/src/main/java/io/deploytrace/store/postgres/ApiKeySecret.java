package io.deploytrace.store.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of the server as its holder has it: {@code dt_}, 8 characters that tell it apart from others, {@code _}, and 32 random
 * bytes in base64url. So much chance can't be guessed, so that a plain hash of it is enough.
 */
final class ApiKeySecret {

    private static final String PREFIX = "dt_[a-z0-9]{8}";
    private static final Pattern PREFIX_FORM = Pattern.compile(PREFIX);
    private static final Pattern FORM = Pattern.compile(PREFIX + "_[A-Za-z0-9_-]{43}");
    private static final int PREFIX_LENGTH = 11;
    private static final int LENGTH = PREFIX_LENGTH + 1 + 43;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private ApiKeySecret(String text) {
        this.text = text;
    }

    /** A new one. */
    static ApiKeySecret generate() {
        var text = new StringBuilder("dt_");
        while (text.length() < PREFIX_LENGTH) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        var random = new byte[32];
        RANDOM.nextBytes(random);
        text.append('_').append(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        return new ApiKeySecret(text.toString());
    }

    /** The text as a key; empty if none has that form. Takes no longer for a long text. */
    static Optional<ApiKeySecret> parse(String text) {
        return text.length() == LENGTH && FORM.matcher(text).matches()
                ? Optional.of(new ApiKeySecret(text))
                : Optional.empty();
    }

    /** Whether a key can begin so. */
    static boolean isPrefix(String text) {
        return text.length() == PREFIX_LENGTH && PREFIX_FORM.matcher(text).matches();
    }

    String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** The whole key. */
    String reveal() {
        return text;
    }

    /** Its SHA-256, which is all that is kept of it. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    /** Whether the hash is this key's; how long that takes tells nothing about the hash. */
    boolean matches(byte[] stored) {
        return MessageDigest.isEqual(hash(), stored);
    }

    /** Without the secret, so that it gets into no log. */
    @Override
    public String toString() {
        return prefix() + "_…";
    }
}
