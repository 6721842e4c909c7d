package io.deploytrace.store;

import java.util.Locale;

/** What the holder of an {@link ApiKey} may do. Each role may also do what the ones before it may. */
public enum Role {
    /** Ask questions. */
    READ,

    /** Send spans. */
    WRITE,

    /** Nothing more yet: keys and workspaces are managed at the database itself. */
    ADMIN;

    /** The word that stands for it in the program, in answers and in the database: its name in lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
