package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a page shows while it waits, and where it gets no answer: each time with a next step. */
@ExtendWith(Site.Extension.class)
class StatesTest {

    private static final String TARGETS = "**/api/v1/workspaces/*/targets*";

    static Route.FulfillOptions problem(int status, String type, String detail) {
        return new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/problem+json")
                .setBody("{\"type\":\"urn:deploytrace:problem:%s\",\"detail\":\"%s\"}".formatted(type, detail));
    }

    @Test
    void answer_thatTakesLong_isAnnounced(Site site) {
        try (var visit = site.visit()) {
            List<Route> held = new ArrayList<>();
            visit.page().route(TARGETS, held::add);
            visit.open(site.path("")).see("Loading …");

            visit.page().unroute(TARGETS);
            held.forEach(Route::resume);

            visit.see("checkout-production");
        }
    }

    @Test
    void server_thatIsBusy_isAskedAgain(Site site) {
        try (var visit = site.visit().expecting("503")) {
            visit.page()
                    .route(TARGETS, route -> route.fulfill(problem(503, "unavailable", "Many questions are asked.")));
            visit.open(site.path("")).see("Many questions are asked.");

            visit.page().unroute(TARGETS);
            visit.button("Try again").click();

            visit.see("checkout-production");
        }
    }

    @Test
    void list_thatCanNoLongerBeRenewed_staysAndSaysSo(Site site) {
        try (var visit = site.visit().expecting("503").open(site.path("/target?key=checkout-production"))) {
            visit.see("What stands in the way");
            visit.page()
                    .route(
                            "**/why?*",
                            route -> route.fulfill(problem(503, "unavailable", "Many questions are asked.")));
            visit.context().setOffline(true);
            visit.see("Not connected");
            visit.context().setOffline(false);

            visit.see("This may be out of date");
            assertThat(visit.page().locator("#blockers")).isVisible();
        }
    }

    @Test
    void trace_withoutItsAnswer_showsItsRowsAndAsksAgain(Site site) {
        try (var visit = site.visit().expecting("503").open(site.path("/target?key=search-staging"))) {
            visit.see("Failed: search@v2.4.6");
            visit.page()
                    .route("**/why", route -> route.fulfill(problem(503, "unavailable", "Many questions are asked.")));
            visit.link("Open the trace").click();
            visit.see("The answer is missing: Many questions are asked.").see("terraform plan");

            visit.page().unroute("**/why");
            visit.button("Try again").click();

            assertThat(visit.page().locator(".answer")).containsText("Failed: search@v2.4.6");
        }
    }

    @Test
    void key_thatIsNotGoodForIt_leadsBack(Site site) {
        try (var visit = site.visit().expecting("403")) {
            visit.page().route("**/why?*", route -> route.fulfill(problem(403, "forbidden", "Ask for another key.")));
            visit.open(site.path("/target?key=checkout-production")).see("Your key isn’t good for this");

            visit.link("To the targets").click();

            visit.see("search-staging");
        }
    }

    @Test
    void print_hasTheAnswerAndNothingAroundIt(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=checkout-production"))) {
            visit.see("What stands in the way");
            visit.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

            assertThat(visit.page().locator(".answer")).isVisible();
            assertThat(visit.page().locator("header.bar")).isHidden();
            assertThat(visit.button("Copy the answer")).isHidden();
        }
    }
}
