/**
 * Records a job of a CI system under its token, across steps and shells, without a daemon.
 *
 * <p>Its commands start many times in a job, so what every command passes through has neither lambdas nor streams, nor compares records:
 * linking the first of them takes half as long as starting the JVM.
 */
@NullMarked
package io.deploytrace.ci;

import org.jspecify.annotations.NullMarked;
