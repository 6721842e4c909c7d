package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Times that are close, and times that no clock shows. */
@ExtendWith(Site.Extension.class)
class TimesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    private static List<Span> waiting(UUID workspace, Instant nextEvaluation) {
        try (var reconcile = ReconcileTarget.builder(workspace.toString(), "target")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .start()) {
            try (var planning = reconcile.startPlanning()) {
                try (var window = planning.startEvaluation("Deployment Window")) {
                    window.setNextEvaluation(nextEvaluation);
                    window.setResult(Result.PENDING, "outside the window");
                }
                planning.makeDecision("Don't deploy", Decision.REJECTED);
            }
            reconcile.complete(Status.COMPLETED);
            return reconcile.spans();
        }
    }

    private static Visit open(Site site, UUID workspace, String path) {
        var visit = site.visit();
        visit.page().clock().setFixedTime(Date.from(NOW.plusSeconds(2)));
        return visit.open(Site.path(workspace, path));
    }

    @Test
    void times_thatAreClose_areNow(Site site) {
        var workspace = site.createWorkspace("close-times");
        var spans = waiting(workspace, NOW.plusSeconds(3));
        site.write(spans);
        try (var visit = open(site, workspace, "/target?key=target")) {
            assertThat(visit.page()
                            .locator("#blockers ~ .blocker .facts .faint")
                            .first())
                    .hasText("now");
        }
        try (var visit = open(site, workspace, "/traces/" + spans.get(0).traceId())) {
            assertThat(visit.page().locator(".trace-heading time")).hasText("just now");
            assertThat(visit.page().locator(".trace-heading time"))
                    .hasAttribute("title", Pattern.compile("\\.123456Z$"));
        }
    }

    @Test
    void time_thatNoClockShows_standsThereAsItCame(Site site) {
        var workspace = site.createWorkspace("far-times");
        site.write(waiting(workspace, Instant.parse("+12345-01-01T00:00:00Z")));
        try (var visit = open(site, workspace, "/target?key=target")) {
            visit.see("+12345-01-01T00:00:00");
            visit.link("Traces").click();
            visit.see("outside the window");
        }
    }

    @Test
    void view_thatFails_leavesTheWayOut(Site site) {
        try (var visit = site.visit().expecting("TypeError")) {
            visit.page().route("**/why?*", route -> route.fulfill(new Route.FulfillOptions().setBody("{}")));
            visit.open(site.path("/target?key=checkout-production"))
                    .see("The page failed at what the server answered.");
            visit.link("To the targets").click();
            visit.see("search-staging");
        }
    }
}
