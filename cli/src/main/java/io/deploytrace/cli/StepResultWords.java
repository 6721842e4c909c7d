package io.deploytrace.cli;

import io.deploytrace.vocabulary.StepResult;

/** The words of results of steps. Not nested in their converter: see {@link OptionWords}. */
final class StepResultWords extends OptionWords {

    StepResultWords() {
        super(StepResult.values(), StepResult::value);
    }
}
