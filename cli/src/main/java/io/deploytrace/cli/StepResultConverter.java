package io.deploytrace.cli;

import io.deploytrace.vocabulary.StepResult;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the result of a step as it stands in the database. */
final class StepResultConverter implements ITypeConverter<StepResult> {

    @Override
    public StepResult convert(String text) {
        return StepResult.ofValue(text)
                .orElseThrow(() ->
                        new TypeConversionException("'" + text + "' is none of " + new StepResultWords().listed()));
    }
}
