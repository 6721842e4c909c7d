package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What was found to be wrong, and how much was looked at. Safe for use by several threads. */
final class Findings {

    private static final int SHOWN = 20;

    private final Queue<String> findings = new ConcurrentLinkedQueue<>();

    /** Answers to readers that were checked, of questions about their own workspace. */
    final AtomicLong reads = new AtomicLong();

    /** Questions that were about the other workspace, and answered as if it didn't exist. */
    final AtomicLong foreignReads = new AtomicLong();

    /** Questions that no server answered, since it or its database was away. */
    final AtomicLong unansweredReads = new AtomicLong();

    /** Lists that were read to their end. */
    final AtomicLong walks = new AtomicLong();

    /** Notes something wrong. */
    void add(String finding) {
        findings.add(finding);
    }

    /** Notes it unless it holds. */
    void require(boolean holds, String finding) {
        if (!holds) {
            add(finding);
        }
    }

    /** Fails if anything was found. */
    void assertNone() {
        assertThat(List.copyOf(findings).stream().limit(SHOWN))
                .as(findings.size() + " findings")
                .isEmpty();
    }

    /** A thread whose end by an exception is found. */
    Thread thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, failure) -> {
            failure.printStackTrace();
            add(name + " failed: " + failure);
        });
        return thread;
    }
}
