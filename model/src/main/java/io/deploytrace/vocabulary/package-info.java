/** The names that rows carry: span names, attribute keys, phases, statuses and verdicts. The one place for each. */
@NullMarked
package io.deploytrace.vocabulary;

import org.jspecify.annotations.NullMarked;
