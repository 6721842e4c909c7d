package io.deploytrace.buffer;

import java.io.IOException;

/** The spool's bytes are used up; what was to be appended was not. */
final class SpoolFullException extends IOException {

    private static final long serialVersionUID = 1L;

    SpoolFullException(String message) {
        super(message);
    }
}
