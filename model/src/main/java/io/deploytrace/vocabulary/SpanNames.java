package io.deploytrace.vocabulary;

import org.jspecify.annotations.Nullable;

/** The names of the spans that the recorder names itself. */
public final class SpanNames {

    /** The root of a reconciliation that was started without a trigger. */
    public static final String RECONCILIATION = "Reconciliation";

    /** The planning phase. */
    public static final String PLANNING = "Planning";

    /** The eligibility phase. */
    public static final String ELIGIBILITY = "Eligibility";

    /** The execution phase. */
    public static final String EXECUTION = "Execution";

    /** The name of the event that keeps each verdict an evaluation or check was given. */
    public static final String RESULT_EVENT = "result";

    /** The name of the event that ends the events of a span that had more than a store holds. */
    public static final String CUT_EVENT = "cut";

    /** The name of a span that was given an empty one; OpenTelemetry's. */
    public static final String UNNAMED = "<unspecified span name>";

    private SpanNames() {}

    /** The root's name: {@code Reconciliation}, followed by the trigger in parentheses if there is one. */
    public static String reconciliation(@Nullable String trigger) {
        return trigger == null ? RECONCILIATION : RECONCILIATION + " (" + trigger + ")";
    }

    /** A job's name: {@code Job: github-action}. */
    public static String job(String type) {
        return "Job: " + type;
    }
}
