package io.deploytrace.ci;

import java.io.PrintWriter;

/** Tells people what can't be recorded. It never stops the job. */
record Warnings(PrintWriter out) {

    void say(String message) {
        out.println("deploytrace: " + message);
        out.flush();
    }
}
