package io.deploytrace.query;

import java.util.List;

/**
 * What became of a trace, and because of which steps.
 *
 * @param outcome what became of it
 * @param causes the steps that decided against it, in decision order; empty when there are none
 */
record Finding(Outcome outcome, List<Step> causes) {

    static Finding of(Outcome outcome) {
        return new Finding(outcome, List.of());
    }
}
