package io.deploytrace.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;

/** Runs the program within this process, in an environment of its own. */
final class TestProgram {

    /**
     * What a run printed and answered.
     *
     * @param exitCode its exit code
     * @param out standard output
     * @param err standard error
     */
    record Result(int exitCode, String out, String err) {}

    private final String called;
    private final Map<String, String> variables;
    private final String input;
    private final Terminal terminal;
    private final Clock clock;

    private TestProgram(String called, Map<String, String> variables, String input, Terminal terminal, Clock clock) {
        this.called = called;
        this.variables = Map.copyOf(variables);
        this.input = input;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Without any environment variable or terminal. */
    static TestProgram create() {
        return new TestProgram("deploytrace", Map.of(), "", Terminal.none(), Clock.systemUTC());
    }

    /** As if it had been called so. */
    TestProgram called(String replacement) {
        return new TestProgram(replacement, variables, input, terminal, clock);
    }

    TestProgram variables(Map<String, String> replacement) {
        return new TestProgram(called, replacement, input, terminal, clock);
    }

    TestProgram input(String replacement) {
        return new TestProgram(called, variables, replacement, terminal, clock);
    }

    TestProgram terminal(Terminal replacement) {
        return new TestProgram(called, variables, input, replacement, clock);
    }

    TestProgram clock(Clock replacement) {
        return new TestProgram(called, variables, input, terminal, replacement);
    }

    /** An environment with these variables alone. */
    static Environment environment(Map<String, String> variables) {
        return create().variables(variables).environment(new StringWriter(), new StringWriter());
    }

    private Environment environment(StringWriter out, StringWriter err) {
        return new Environment(
                called,
                variables,
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                clock);
    }

    Result run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Program.run(environment(out, err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
