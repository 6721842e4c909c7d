package io.deploytrace.buffer.torture;

import java.util.Comparator;

/**
 * The name of something that is written in one or more calls: what these hold follows from the name and the seed.
 *
 * @param process the number of the writing process, from 0
 * @param writer the number of its thread, from 0
 * @param number the number among those of the thread, from 0
 */
record Unit(int process, int writer, int number) implements Comparable<Unit> {

    private static final Comparator<Unit> ORDER = Comparator.comparingInt(Unit::process)
            .thenComparingInt(Unit::writer)
            .thenComparingInt(Unit::number);

    static Unit parse(String text) {
        var parts = text.split("\\.", -1);
        return new Unit(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public int compareTo(Unit other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return process + "." + writer + "." + number;
    }
}
