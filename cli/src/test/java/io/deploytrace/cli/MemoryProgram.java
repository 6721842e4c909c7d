package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import io.deploytrace.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs the program on a store in memory, at a settled time. */
final class MemoryProgram {

    static final Instant NOW = TestTrace.START.plus(Duration.ofHours(2));
    static final UUID WORKSPACE = UUID.fromString(TestTrace.WORKSPACE);

    private final SettableClock storeClock = new SettableClock(TestTrace.START);
    private final InMemorySpanStore spans = new InMemorySpanStore(storeClock, 100_000);
    private final SettledKeys keys = new SettledKeys();
    private final Map<String, String> variables;
    private final Terminal terminal;
    private @Nullable Duration retention;

    private MemoryProgram(Map<String, String> variables, Terminal terminal) {
        this.variables = variables;
        this.terminal = terminal;
        spans.addWorkspace(WORKSPACE);
    }

    /** With its output in a pipe. */
    static MemoryProgram piped() {
        return new MemoryProgram(Map.of(), Terminal.none());
    }

    /** On a terminal of the width, without colour. */
    static MemoryProgram wide(int width) {
        return new MemoryProgram(Map.of(), new Terminal(true, true, true, false, width));
    }

    /** On a terminal of the width, with colour. */
    static MemoryProgram coloured(int width) {
        return new MemoryProgram(Map.of(), new Terminal(true, true, true, true, width));
    }

    /** Writes the spans so long before now. */
    MemoryProgram write(Duration ago, Collection<Span> written) {
        storeClock.set(NOW.minus(ago));
        spans.write(written, Deadlines.answer());
        return this;
    }

    /** Holds these keys. */
    MemoryProgram keys(ApiKey... held) {
        keys.hold(held);
        return this;
    }

    /** Keeps traces for so long. */
    MemoryProgram retaining(Duration kept) {
        retention = kept;
        return this;
    }

    TestProgram.Result run(String... args) {
        storeClock.set(NOW);
        var out = new StringWriter();
        var err = new StringWriter();
        var environment = new Environment(
                "deploytrace",
                variables,
                new BufferedReader(new StringReader("")),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                Clock.fixed(NOW, ZoneOffset.UTC));
        var exitCode = Program.run(environment, options -> store(), args);
        return new TestProgram.Result(exitCode, out.toString(), err.toString());
    }

    private Store store() {
        return new Store(spans, spans, clock -> spans, new OneWorkspace(retention), keys, spans, () -> {});
    }

    private record OneWorkspace(@Nullable Duration retention) implements WorkspaceStore {

        @Override
        public Workspace create(String name, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Workspace> list(Deadline deadline) {
            return new ArrayList<>(List.of(new Workspace(WORKSPACE, "acme", retention)));
        }

        @Override
        public Optional<Workspace> find(UUID workspaceId, Deadline deadline) {
            return list(deadline).stream()
                    .filter(workspace -> workspace.id().equals(workspaceId))
                    .findFirst();
        }

        @Override
        public void retain(UUID workspaceId, @Nullable Duration kept, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long delete(UUID workspaceId, LongConsumer progress, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }
}
