package io.deploytrace.recorder;

/**
 * A set of random numbers other than 0, without an object for each: an open-addressed table, at most half full. Not safe
 * for use by several threads.
 */
final class LongSet {

    private static final int INITIAL_ROOM = 16;

    private long[] table = new long[INITIAL_ROOM];
    private int size;

    /** Adds the number; whether it was new. */
    boolean add(long number) {
        var slot = slot(number);
        if (table[slot] == number) {
            return false;
        }
        table[slot] = number;
        size++;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** Where the number is, or would be. Random bits are their own hash. */
    private int slot(long number) {
        var mask = table.length - 1;
        var slot = (int) number & mask;
        while (table[slot] != 0 && table[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        var former = table;
        table = new long[former.length * 2];
        for (var number : former) {
            if (number != 0) {
                table[slot(number)] = number;
            }
        }
    }
}
