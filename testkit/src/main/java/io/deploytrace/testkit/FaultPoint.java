package io.deploytrace.testkit;

/** A point in the conversation of a client with PostgreSQL where a {@link FaultProxy} can strike. */
public enum FaultPoint {
    /** A message of either side. */
    ANYWHERE,
    /** The end of a request that writes, before the server has it: what it asked for doesn't take effect. */
    WRITE_REQUEST,
    /**
     * The end of the answer to a request that writes: the server has committed it, and the client hasn't learned it. At least
     * the end of the answer is missing, without which a client can't take the request for done.
     */
    WRITE_ANSWER
}
