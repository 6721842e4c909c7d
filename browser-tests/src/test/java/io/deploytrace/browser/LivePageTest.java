package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.Status;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes shows by itself, and what is lost is said. */
@ExtendWith(Site.Extension.class)
class LivePageTest {

    @Test
    void targets_whileATargetIsBlocked_showItWithoutALoad(Site site) {
        var workspace = site.createWorkspace("live-targets");
        try (var visit = site.visit().open(Site.path(workspace, ""))) {
            visit.see("Nothing is recorded in this workspace yet");

            site.write(Deployments.blocked(workspace, "live-target", "v1", "0 of 2 approvals"));

            visit.see("0 of 2 approvals");
            assertThat(visit.page().locator("#group-blocked")).containsText("1");
        }
    }

    @Test
    void targets_underTheHand_stayWhereTheyAreUntilTheyAreAskedFor(Site site) {
        var workspace = site.createWorkspace("live-hand");
        site.write(Deployments.blocked(workspace, "first", "v1", "0 of 2 approvals"));
        try (var visit = site.visit().open(Site.path(workspace, ""))) {
            visit.see("0 of 2 approvals");
            assertThat(visit.page().locator(".liveness")).hasText("live");
            visit.link("first").hover();

            site.write(Deployments.blocked(workspace, "another", "v2", "1 of 2 approvals"));

            visit.see("1 target changed: show");
            assertThat(visit.page().locator(".target .key")).hasText(new String[] {"first"});
            visit.button("1 target changed: show").click();
            assertThat(visit.page().locator(".target .key")).hasText(new String[] {"another", "first"});
        }
    }

    @Test
    void address_inCapitals_isLiveToo(Site site) {
        var workspace = site.createWorkspace("live-capitals");
        var spans = Deployments.blocked(workspace, "in-capitals", "v1", "0 of 2 approvals");
        site.write(spans);
        var span = spans.get(spans.size() - 1);
        var path = Site.path(workspace, "/traces/" + span.traceId()).toUpperCase(Locale.ROOT);
        var address = path.replace("/W/", "/w/").replace("/TRACES/", "/traces/") + "?span=";
        try (var visit = site.visit().open(address + span.spanId().toUpperCase(Locale.ROOT))) {
            assertThat(visit.page().locator(".panel h2")).hasText(span.name());
            assertThat(visit.page().locator(".liveness")).hasText("live");
        }
    }

    @Test
    void traces_whenOneIsNew_tellOfItAboveTheList(Site site) {
        var workspace = site.createWorkspace("live-traces");
        site.write(Deployments.blocked(workspace, "first", "v1", "0 of 2 approvals"));
        try (var visit = site.visit().open(Site.path(workspace, "/traces"))) {
            visit.see("0 of 2 approvals");

            site.write(Deployments.blocked(workspace, "second", "v2", "1 of 2 approvals"));

            visit.button("1 new trace: show").click();
            assertThat(visit.page().locator("td.key").first()).hasText("second");
        }
    }

    @Test
    void trace_thatIsOpen_growsAndEndsInPlace(Site site) {
        var workspace = site.createWorkspace("live-trace");
        try (var reconcile = ReconcileTarget.builder(workspace.toString(), "live-target")
                .store(site.store())
                .start()) {
            var execution = reconcile.startExecution();
            reconcile.persist();
            try (var visit = site.visit()) {
                visit.page().clock().install();
                visit.open(Site.path(workspace, "/traces/" + reconcile.traceId()))
                        .see("still open");
                assertThat(visit.page().locator(".bar.open")).hasCount(2);
                visit.page().clock().fastForward("03:00:00");
                assertThat(visit.page().locator(".span .took").first()).hasText(Pattern.compile("3 h( 1 m)? …"));

                execution.startAction("Roll out").end();
                execution.end();
                reconcile.complete(Status.COMPLETED);
                reconcile.persist();

                visit.see("Roll out");
                assertThat(visit.page().locator(".bar.open")).hasCount(0);
                visit.see("complete");
            }
        }
    }

    @Test
    void stream_thatIsRefused_isNotCalledALostConnection(Site site) {
        try (var visit = site.visit().expecting("429")) {
            var full = new Route.FulfillOptions().setStatus(429);
            visit.page().route("**/events", route -> route.fulfill(full));
            visit.open(site.path("")).see("The server tells of no changes now");
            assertThat(visit.page().locator(".liveness")).hasText("not live");

            visit.page().unroute("**/events");
            visit.button("Try now").click();

            assertThat(visit.page().locator(".liveness")).hasText("live");
        }
    }

    @Test
    void workspace_thatIsGone_isNotCalledALostConnection(Site site) {
        try (var visit = site.visit().expecting("404").open(site.path(""))) {
            visit.see("checkout-production");
            assertThat(visit.page().locator(".liveness")).hasText("live");
            visit.page()
                    .route(
                            "**/api/v1/workspaces",
                            route -> route.fulfill(new Route.FulfillOptions().setBody("{\"workspaces\":[]}")));
            visit.page()
                    .route(
                            "**/api/v1/workspaces/**",
                            route -> route.fulfill(StatesTest.problem(404, "workspace-not-found", "It is gone.")));

            visit.lookAway(true);
            visit.lookAway(false);

            visit.see("There is no such workspace");
        }
    }

    @Test
    void comparison_afterALostConnection_isAskedForAgain(Site site) {
        var workspace = site.createWorkspace("live-comparison");
        var spans = Deployments.blocked(workspace, "compared", "v1", "0 of 2 approvals");
        site.write(spans);
        var id = spans.get(0).traceId();
        try (var visit = site.visit().open(Site.path(workspace, "/compare?a=" + id + "&b=" + id))) {
            visit.page().locator(".answer").waitFor();
            visit.lookAway(true);
            visit.page().waitForRequest("**/diff?*", () -> visit.lookAway(false));
        }
    }

    @Test
    void page_withoutAConnection_saysSoAndGoesOnOnceItIsBack(Site site) {
        try (var visit =
                site.visit().expecting("ERR_INTERNET_DISCONNECTED|net::").open(site.path(""))) {
            visit.see("checkout-production");
            assertThat(visit.page().locator(".liveness")).hasText("live");

            visit.context().setOffline(true);
            visit.see("Not connected");
            visit.link("checkout-production").click();
            visit.see("The server can’t be reached");

            visit.context().setOffline(false);
            visit.see("Not deployed: checkout@v5.3.5");
            assertThat(visit.page().locator(".liveness")).hasText("live");
        }
    }
}
