package io.deploytrace.cli;

/** Opens stores. */
@FunctionalInterface
interface Stores {

    /** Opens the store that the options name, which the caller closes. */
    Store open(DatabaseOptions options);

    /** The same, with its schema brought up to date even where that is otherwise its owner's to do. */
    default Store openMigrated(DatabaseOptions options) {
        return open(options);
    }
}
