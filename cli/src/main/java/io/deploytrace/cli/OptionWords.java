package io.deploytrace.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The words of which an option takes one, in the order in which they are listed. Immutable.
 *
 * <p>Those who extend it aren't nested in a class that implements an interface of picocli: such a class is too old for the JVM's cache of classes,
 * and JDK 17 crashes when it looks there for a lambda of a class within it.
 */
class OptionWords implements Iterable<String> {

    private final List<String> words;

    <E> OptionWords(E[] values, Function<E, String> wordOf) {
        words = Arrays.stream(values).map(wordOf).collect(Collectors.toUnmodifiableList());
    }

    boolean contains(String word) {
        return words.contains(word);
    }

    /** As a sentence lists them. */
    String listed() {
        return String.join(", ", words);
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }
}
