package io.deploytrace.server.api;

import io.deploytrace.json.WorkspaceJson;
import io.deploytrace.store.Answers;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The questions that the API answers, from what a store holds. Safe for use by several threads. */
public final class Api {

    private final SpanReader reader;
    private final Answers answers;
    private final Outlines outlines;

    /**
     * Answers from what the reader reads.
     *
     * @param workspaces tells for how long traces are kept, where one isn't there
     */
    public Api(SpanReader reader, WorkspaceStore workspaces) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.answers = new Answers(reader, workspaces);
        this.outlines = new Outlines(reader, workspaces);
    }

    /** Lists traces. */
    public Endpoint traces() {
        return new TraceList(reader);
    }

    /** Shows one trace with all its spans. */
    public Endpoint trace() {
        return new TraceDetail(reader, outlines);
    }

    /** Shows the tree of one trace: of each span what a row shows. */
    public Endpoint traceTree() {
        return new TraceRows(reader, answers, outlines);
    }

    /** Lists release targets. */
    public Endpoint targets() {
        return new TargetList(reader);
    }

    /** Lists spans. */
    public Endpoint spans() {
        return new SpanList(reader);
    }

    /** Says why a trace ended as it did. */
    public Endpoint whyTrace() {
        return new TraceAnswer(outlines);
    }

    /** Says why a release target is as it is. */
    public Endpoint whyTarget() {
        return new TargetAnswer(outlines);
    }

    /** Says how two traces differ, or what changed at a release target. */
    public Endpoint diff() {
        return new DiffAnswer(reader, outlines);
    }

    /** Says what became of a release target. */
    public Endpoint history() {
        return new HistoryAnswer(answers);
    }

    /** Says how a release stands at its release targets. */
    public Endpoint fanout() {
        return new FanoutAnswer(answers);
    }

    /** The description of all this in OpenAPI 3.1, as JSON. */
    public static byte[] description() {
        try (var stream = Api.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(stream).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lists these workspaces, which who asks may read.
     *
     * @param query the parameters of the request, of which there are none
     * @throws ProblemException if there is a parameter
     */
    public static Answer workspaces(Map<String, List<String>> query, List<Workspace> workspaces) {
        Parameters.of(query, List.of());
        return Answer.whole(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("workspaces");
            for (var workspace : workspaces) {
                WorkspaceJson.write(json, workspace);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
