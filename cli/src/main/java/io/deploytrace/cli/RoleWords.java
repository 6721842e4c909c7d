package io.deploytrace.cli;

import io.deploytrace.store.Role;

/** The words of roles. Not nested in their converter: see {@link OptionWords}. */
final class RoleWords extends OptionWords {

    RoleWords() {
        super(Role.values(), Role::value);
    }
}
