package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The figures of a run that was found to be right. Used by one thread. */
final class LoadReport {

    private final Findings findings;
    private final List<Long> delays = new ArrayList<>();
    private int acknowledgedTraces;
    private int acknowledgedSpans;
    private int unansweredStored;
    private int unansweredAbsent;
    private int refused;
    private int rejectedInPart;
    private int streams;
    private int resets;

    LoadReport(Findings findings) {
        this.findings = findings;
    }

    /** Adds a workspace that was compared with what it holds. */
    void add(MixedLoad load, StoredWorkspace stored) {
        load.units().forEach(this::add);
        load.jobs().forEach(this::add);
        unansweredStored += stored.unanswered();
        unansweredAbsent -= stored.unanswered();
        load.listeners().forEach(listener -> {
            delays.addAll(listener.delays());
            streams += listener.streams();
            resets += listener.resets();
        });
    }

    private void add(ControllerUnit unit) {
        if (unit.isRefused()) {
            refused++;
            return;
        }
        rejectedInPart += unit.offending() == null ? 0 : 1;
        for (var trace : unit.traces()) {
            acknowledgedTraces += trace.isAcknowledged() ? 1 : 0;
            acknowledgedSpans += trace.acknowledgedSpans().size();
            unansweredAbsent += trace.isAcknowledged() ? 0 : 1;
        }
    }

    private void add(SendingClient job) {
        acknowledgedTraces += job.acknowledged().size();
        acknowledgedSpans += job.acknowledged().stream()
                .mapToInt(trace -> trace.spans().size())
                .sum();
        unansweredAbsent += job.unanswered().size();
    }

    /** Prints them, and fails if something of what was to be checked wasn't done. */
    void print() {
        System.out.printf(
                "Acknowledged: %d traces, %d spans, each stored once and whole%n",
                acknowledgedTraces, acknowledgedSpans);
        System.out.printf(
                "Not answered: %d traces, of which %d are stored as a whole and %d not at all%n",
                unansweredStored + unansweredAbsent, unansweredStored, unansweredAbsent);
        System.out.printf(
                "Rejected: %d requests as a whole, of which nothing is stored, and %d spans alone, the rest of whose requests is%n",
                refused, rejectedInPart);
        System.out.printf(
                "Read: %d answers, all right, %d lists to their end; %d questions weren't answered%n",
                findings.reads.get(), findings.walks.get(), findings.unansweredReads.get());
        System.out.printf(
                "Read of the other workspace: 0; %d questions about it were answered with 404%n",
                findings.foreignReads.get());
        printDelays();
        assertThat(List.of(acknowledgedTraces, refused, rejectedInPart)).doesNotContain(0);
        assertThat(List.of(findings.reads.get(), findings.walks.get(), findings.foreignReads.get()))
                .doesNotContain(0L);
    }

    private void printDelays() {
        delays.sort(null);
        assertThat(delays).isNotEmpty();
        System.out.printf(
                "Heard: %d changes in %d streams, which loaded anew %d times after a crash, and each trace in its last"
                        + " revision; half of them within %d ms, 99 of 100 within %d ms, all within %d ms%n",
                delays.size(), streams, resets, delay(0.5), delay(0.99), delay(1));
    }

    private long delay(double share) {
        return delays.get((int) Math.ceil(delays.size() * share) - 1);
    }
}
