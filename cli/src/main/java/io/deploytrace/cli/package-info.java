/** The program deploytrace: one class per command. */
@NullMarked
package io.deploytrace.cli;

import org.jspecify.annotations.NullMarked;
