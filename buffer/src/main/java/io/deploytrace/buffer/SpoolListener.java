package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;

/** Learns what became of a spool's files. Called outside of its locks, by the thread that opens or reads it. */
interface SpoolListener {

    /** The end of a file was half-written when its process died. None of it was ever acknowledged. */
    default void torn(Path segment, long bytes) {}

    /**
     * A file is damaged. What is readable of it is kept, and the file isn't deleted.
     *
     * @param what what is wrong, as a sentence
     * @param lostSpans spans that were counted as held and can't be read; 0 for damage that was found at the opening
     */
    default void damaged(Path segment, String what, int lostSpans) {}

    /** Someone deleted a file while the spool was open, and so many spans that were counted as held. */
    default void missing(Path segment, int lostSpans) {}

    /** A damaged file of which nothing readable is left to send was renamed, for its owner to look at and delete. */
    default void setAside(Path file) {}

    /** A file of which nothing is left to send couldn't be deleted or renamed; it will be sent again by the next process. */
    default void kept(Path file, IOException cause) {}
}
