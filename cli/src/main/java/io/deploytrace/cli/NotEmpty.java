package io.deploytrace.cli;

/** Names that say something. */
final class NotEmpty {

    private NotEmpty() {}

    /**
     * The value, if there is more than space in it.
     *
     * @throws ProgramException if there isn't
     */
    static String require(String argument, String value) {
        if (value.isBlank()) {
            throw ProgramException.usage(argument + " must not be empty.");
        }
        return value;
    }
}
