package io.deploytrace.cli;

/** Opens stores. */
@FunctionalInterface
interface Stores {

    /** Opens the store that the options name, which the caller closes. */
    Store open(DatabaseOptions options);
}
