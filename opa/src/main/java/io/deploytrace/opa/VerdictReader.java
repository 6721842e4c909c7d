package io.deploytrace.opa;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what a decision of OPA means for a deployment. Policies differ in the form of their results; the three readers here know
 * the usual ones, any other is a function of your own.
 *
 * <p>To these three an error of OPA blocks, and so does a result that is undefined. Of a result that OPA erased from its log, or
 * replaced, they tell no verdict.
 *
 * <p>A reader may be used by several threads at once, so it must not keep state.
 */
@FunctionalInterface
public interface VerdictReader {

    /**
     * Reads the verdict.
     *
     * @return null if the decision tells none: the evaluation then ends as skipped, and says so
     */
    @Nullable Verdict read(OpaDecision decision);

    /** The result is a boolean: true allows, anything that is no object, array, number or text blocks. */
    static VerdictReader ofBoolean() {
        return allowedAt("");
    }

    /**
     * In the result is a boolean that allows: true allows; false, null and undefined block.
     *
     * @param pointer the JSON pointer (RFC 6901) that leads to it from the result, such as {@code /allow}
     * @param why where it says why: JSON pointers from the result to texts, sets of texts, or objects with a text
     *     {@code message}, {@code msg} or {@code reason}. The first that leads to any text counts
     * @throws IllegalArgumentException if one of them is no JSON pointer
     */
    static VerdictReader allowedAt(String pointer, String... why) {
        return new AllowedAt(
                ResultPart.of(pointer), Stream.of(why).map(ResultPart::of).toList());
    }

    /**
     * In the result is a set of what speaks against it: an empty one, or false, allows; one with anything in it, a text or true
     * blocks, in its words. Undefined blocks: the rule isn't there.
     *
     * @param pointer the JSON pointer (RFC 6901) that leads to it from the result, such as {@code /deny}
     * @throws IllegalArgumentException if it is no JSON pointer
     */
    static VerdictReader deniedAt(String pointer) {
        return new DeniedAt(ResultPart.of(pointer));
    }
}
