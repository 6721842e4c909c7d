package io.deploytrace.server.api;

import java.util.List;

/** One question that the API answers, about one workspace. Implementations are safe for use by several threads, and wait for the store. */
public interface Endpoint {

    /** The names of its parameters, those of the path aside. */
    List<String> parameters();

    /**
     * The answer.
     *
     * @throws ProblemException if the question isn't valid, or is about something that isn't there
     * @throws io.deploytrace.store.SpanStoreException if the store can't answer
     */
    Answer answer(ApiRequest request);
}
