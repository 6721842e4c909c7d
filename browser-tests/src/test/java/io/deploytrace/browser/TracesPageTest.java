package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list of all traces: filtered, and longer than a page. */
@ExtendWith(Site.Extension.class)
class TracesPageTest {

    @Test
    void filters_chosen_areInTheAddressAndAskedOfTheServer(Site site) {
        try (var visit = site.visit().open(site.path("/traces"))) {
            visit.see("api-service-production");
            visit.page().locator("select[data-parameter=outcome]").selectOption("waiting");
            visit.waitForAddress("outcome=waiting");
            visit.page().locator("select[data-parameter=since]").selectOption("24h");
            visit.page().getByText("More filters").click();
            visit.page().locator("input[data-parameter=releaseTarget]").fill("billing-production");
            visit.press("Tab");
            visit.waitForAddress("releaseTarget=billing-production");

            assertThat(visit.page().locator("td.key").first()).hasText("billing-production");
            assertThat(visit.page().locator("tbody tr:not(:has-text('waiting'))"))
                    .hasCount(0);

            visit.page().reload();
            assertThat(visit.page().locator("td.key").first()).hasText("billing-production");
            visit.button("Clear all").click();
            visit.see("api-service-production");
        }
    }

    @Test
    void filters_afterBackAndForward_sayWhatIsListed(Site site) {
        try (var visit = site.visit().open(site.path("/traces"))) {
            visit.see("api-service-production");
            var outcome = visit.page().locator("select[data-parameter=outcome]");
            outcome.selectOption("waiting");
            visit.waitForAddress("outcome=waiting");
            visit.link("Traces").click();
            visit.page().waitForURL(address -> address.endsWith("/traces"));
            assertThat(outcome).hasValue("");

            visit.page().goBack();
            visit.waitForAddress("outcome=waiting");
            assertThat(outcome).hasValue("waiting");

            visit.page().goForward();
            visit.page().waitForURL(address -> address.endsWith("/traces"));
            assertThat(outcome).hasValue("");
        }
    }

    @Test
    void time_fromWhichOn_isEnteredAndInTheAddress(Site site) {
        var options = new Browser.NewContextOptions().setTimezoneId("Europe/Berlin");
        try (var visit = site.visit(site.url(), options).open(site.path("/traces"))) {
            visit.see("api-service-production");
            visit.page().getByText("More filters").click();
            visit.page().getByLabel("From").fill("2026-01-02T10:30");
            visit.waitForAddress("since=2026-01-02T09%3A30%3A00.000Z");
            visit.see("api-service-production");

            visit.page().reload();
            assertThat(visit.page().getByLabel("From")).hasValue("2026-01-02T10:30");
            assertThat(visit.page().locator("select[data-parameter=since] option:checked"))
                    .containsText("Since");
            visit.page().locator("select[data-parameter=since]").selectOption("24h");
            visit.waitForAddress("since=24h");
            assertThat(visit.page().getByLabel("From")).hasValue("");
        }
    }

    @Test
    void filter_thatMatchesNothing_saysSo(Site site) {
        try (var visit = site.visit().open(site.path("/traces?releaseTarget=nobody"))) {
            visit.see("No trace matches all filters.");
        }
    }

    @Test
    void filter_thatTheServerRefuses_saysWhatIsWrong(Site site) {
        try (var visit = site.visit().expecting("400").open(site.path("/traces?since=yesterday"))) {
            visit.see("The parameter since ");
            visit.see("This can’t be shown");
        }
    }

    @Test
    void scrolling_toTheEnd_loadsAllPagesOnceInOrder(Site site) {
        try (var visit = site.visit().open(site.path("/traces?outcome=blocked"))) {
            scroll(visit.page());

            var ids = visit.page().locator("td.id").evaluateAll("cells => cells.map(cell => cell.title)");
            assertThat((List<?>) ids).hasSizeGreaterThan(120).doesNotHaveDuplicates();
        }
    }

    private static void scroll(Page page) {
        page.locator("#more-traces").waitFor();
        while (page.locator("#more-traces").count() > 0) {
            page.mouse().wheel(0, 20_000);
            page.evaluate("new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
        }
    }
}
