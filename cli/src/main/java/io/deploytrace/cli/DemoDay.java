package io.deploytrace.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A day in the life of ten services in four environments: what is reconciled when, and what comes of it. The same
 * for every run, but for the time it ends at.
 */
final class DemoDay {

    static final List<String> ENVIRONMENTS = List.of("development", "staging", "production", "production-us");

    /** A target that is blocked when the day ends: the one that the demonstration explains. */
    static final String BLOCKED_TARGET = "checkout-production";

    /** The target whose reconcile is still under way when the day ends: the last to be written. */
    static final String LAST_TARGET = "auth-production";

    private static final int RELEASES = 6;

    /** How the day ends for the targets that don't end it deployed. */
    private static final Map<String, DemoPlot> ENDINGS = Map.ofEntries(
            Map.entry(BLOCKED_TARGET, DemoPlot.HALF_APPROVED),
            Map.entry("payments-production", DemoPlot.NO_APPROVAL),
            Map.entry("reporting-production", DemoPlot.FREEZE),
            Map.entry("billing-production", DemoPlot.OUTSIDE_WINDOW),
            Map.entry("search-production-us", DemoPlot.SOAKING),
            Map.entry("catalog-production-us", DemoPlot.NO_SLOT),
            Map.entry("notifications-production", DemoPlot.UNHEALTHY_TARGET),
            Map.entry("reporting-staging", DemoPlot.RETRIES_EXHAUSTED),
            Map.entry("search-staging", DemoPlot.FAILED_PIPELINE),
            Map.entry("web-frontend-production-us", DemoPlot.ROLLED_BACK),
            Map.entry("web-frontend-development", DemoPlot.UP_TO_DATE),
            Map.entry("auth-production-us", DemoPlot.CONTROLLER_DIED),
            Map.entry(LAST_TARGET, DemoPlot.RUNNING));

    private final Instant end;
    private final List<DemoReconcile> reconciles = new ArrayList<>();

    private DemoDay(Instant end) {
        this.end = end;
    }

    /** The reconciles of the 24 hours before the given time, the earliest first. */
    static List<DemoReconcile> endingAt(Instant end) {
        var day = new DemoDay(end);
        for (var index = 0; index < DemoService.ALL.size(); index++) {
            day.development(DemoService.ALL.get(index), index);
            day.staging(DemoService.ALL.get(index), index);
            day.production(DemoService.ALL.get(index), index, "production");
            day.production(DemoService.ALL.get(index), index, "production-us");
        }
        day.reconciles.sort(Comparator.comparing(DemoReconcile::start).thenComparing(DemoReconcile::target));
        return List.copyOf(day.reconciles);
    }

    /** Every release is deployed as it appears; every third service needs a second attempt now and then. */
    private void development(DemoService service, int index) {
        for (var release = 1; release <= RELEASES; release++) {
            var minute = appears(release, index);
            if ((release + index) % 5 == 0) {
                add(service, "development", release, minute, "version.created", DemoPlot.FAILED_PIPELINE);
                add(service, "development", release, minute - 6, "job.retried", DemoPlot.DEPLOYED_BY_PIPELINE);
            } else {
                add(service, "development", release, minute, "version.created", DemoPlot.DEPLOYED);
            }
            if (release % 2 == 1) {
                add(service, "development", release, minute - 61, "schedule", DemoPlot.UP_TO_DATE);
            }
        }
        ending(service, "development");
    }

    /** Every other release, once it has been healthy in development for half an hour. */
    private void staging(DemoService service, int index) {
        for (var release = 1; release <= RELEASES; release += 2) {
            var minute = appears(release, index) - 12;
            add(service, "staging", release, minute, "version.created", DemoPlot.SOAKING);
            add(service, "staging", release, minute - 10, "schedule", DemoPlot.SOAKING);
            var plot = (release + index) % 7 == 0 ? DemoPlot.ROLLED_BACK : DemoPlot.DEPLOYED_BY_PIPELINE;
            add(service, "staging", release, minute - 31, "policy.evaluated", plot);
            if (plot == DemoPlot.ROLLED_BACK) {
                add(service, "staging", release, minute - 55, "job.retried", DemoPlot.DEPLOYED);
            }
        }
        ending(service, "staging");
    }

    /** The first and the fourth release: policies are evaluated every ten minutes until people and clocks agree. */
    private void production(DemoService service, int index, String environment) {
        var second = environment.equals("production") ? 0 : 90;
        for (var release = 1; release <= 4; release += 3) {
            var minute = appears(release, index) - 50 - second;
            var rounds = 5 + (index + release) % 4;
            for (var round = 0; round < rounds; round++) {
                var plot = waitingPlot(second > 0, round, rounds);
                add(service, environment, release, minute, round == 0 ? "version.created" : "schedule", plot);
                minute -= 10;
            }
            add(service, environment, release, minute, "approval.granted", DemoPlot.DEPLOYED_BY_PIPELINE);
        }
        ending(service, environment);
    }

    private static DemoPlot waitingPlot(boolean second, int round, int rounds) {
        if (second) {
            return round < rounds / 2 ? DemoPlot.SOAKING : DemoPlot.NO_SLOT;
        }
        return round < rounds / 2 ? DemoPlot.NO_APPROVAL : DemoPlot.HALF_APPROVED;
    }

    private void ending(DemoService service, String environment) {
        var plot = ENDINGS.get(service.name() + "-" + environment);
        if (plot == null) {
            return;
        }
        switch (plot) {
            case HALF_APPROVED, NO_APPROVAL, FREEZE, OUTSIDE_WINDOW, SOAKING, NO_SLOT ->
                repeat(service, environment, plot);
            case RETRIES_EXHAUSTED -> exhaust(service, environment);
            case CONTROLLER_DIED -> add(service, environment, 5, 362, "version.created", plot);
            case RUNNING -> add(service, environment, 5, 3, "version.created", plot);
            default -> add(service, environment, RELEASES, 11, "version.created", plot);
        }
    }

    /** The same answer again and again for two hours and more. */
    private void repeat(DemoService service, String environment, DemoPlot plot) {
        var interval = plot == DemoPlot.HALF_APPROVED ? 5 : 10;
        for (var minute = 130; minute > 0; minute -= interval) {
            add(service, environment, 5, minute, minute == 130 ? "version.created" : "schedule", plot);
        }
    }

    private void exhaust(DemoService service, String environment) {
        for (var attempt = 0; attempt < 3; attempt++) {
            add(service, environment, RELEASES, 44 - 8 * attempt, "job.retried", DemoPlot.FAILED_PIPELINE);
        }
        add(service, environment, RELEASES, 16, "job.retried", DemoPlot.RETRIES_EXHAUSTED);
    }

    /** How many minutes before the end of the day a release appears. */
    private static int appears(int release, int index) {
        return 1_440 - 255 * (release - 1) - 7 * index - 4;
    }

    private void add(
            DemoService service, String environment, int release, int minutesBefore, String trigger, DemoPlot plot) {
        var previous = service.version(previous(environment, release));
        // A few seconds apart, as schedules never fire on the second.
        var start = end.minus(Duration.ofMinutes(minutesBefore)).plusMillis(7_919L * reconciles.size() % 29_000);
        reconciles.add(new DemoReconcile(
                start,
                service.name(),
                environment,
                service.version(release),
                previous,
                trigger,
                plot,
                reconciles.size()));
    }

    /** The release that is deployed when the given one comes: not every environment gets every release. */
    private static int previous(String environment, int release) {
        return switch (environment) {
            case "development" -> release - 1;
            case "staging" -> release == RELEASES ? RELEASES - 1 : Math.max(0, release - 2);
            default -> release > 4 ? 4 : release == 4 ? 1 : 0;
        };
    }
}
