package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace: its tree, its time axis, its spans. */
@ExtendWith(Site.Extension.class)
class TracePageTest {

    private static Visit failedTrace(Site site) {
        var visit = site.visit().open(site.path("/target?key=search-staging"));
        visit.link("Open the trace").click();
        visit.see("terraform apply");
        return visit;
    }

    @Test
    void failedTrace_showsThePipelineBelowItsJobAndMarksTheCause(Site site) {
        try (var visit = failedTrace(site)) {
            assertThat(visit.page().locator(".on-cause")).containsText("terraform apply");
            assertThat(visit.page().locator(".on-cause")).containsText("the cause");
            assertThat(visit.page().locator(".on-way").first()).containsText("Reconciliation");
            assertThat(visit.page().locator("[role=row]:has-text('deploy.yml #') .placement"))
                    .hasAttribute("title", "Recorded by the job itself");
            assertThat(visit.page().locator("[role=treegrid]")).hasAttribute("aria-rowcount", "17");
        }
    }

    @Test
    void rows_collapsedAndExpanded_hideAndShowWhatIsBelow(Site site) {
        try (var visit = failedTrace(site)) {
            var eligibility = visit.page().locator("[role=row]:has-text('Eligibility')");
            eligibility.getByRole(AriaRole.BUTTON).click();
            assertThat(eligibility).hasAttribute("aria-expanded", "false");
            assertThat(visit.page().getByText("Already Deployed")).isHidden();

            visit.button("Collapse all").click();
            assertThat(visit.page().locator("[role=treegrid]")).hasAttribute("aria-rowcount", "5");
            visit.press("b");
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("terraform apply");

            visit.button("Expand all").click();
            assertThat(visit.page().getByText("Already Deployed")).isVisible();
        }
    }

    @Test
    void bars_lieOnOneAxis(Site site) {
        try (var visit = failedTrace(site)) {
            var root = visit.page().locator(".axis .bar").nth(0).boundingBox();
            var job = visit.page()
                    .locator("[role=row]:has-text('Job: github-action') .bar")
                    .boundingBox();
            var plan = visit.page()
                    .locator("[role=row]:has-text('terraform plan') .bar")
                    .boundingBox();

            assertThat(job.x).isGreaterThanOrEqualTo(root.x);
            assertThat(job.x + job.width).isLessThanOrEqualTo(root.x + root.width + 3);
            assertThat(plan.x).isGreaterThan(job.x);
            assertThat(plan.width).isBetween(root.width * 0.1, root.width * 0.6);
        }
    }

    @Test
    void rows_onASmallScreen_sayAllThatTheyDoOnALargeOne(Site site) {
        var options = new Browser.NewContextOptions().setViewportSize(360, 740);
        try (var visit = site.visit(site.url(), options).open(site.path("/target?key=search-staging"))) {
            visit.link("Open the trace").click();
            visit.see("terraform plan");
            var cause = visit.page().locator(".on-cause");
            var message = cause.locator(".message");
            assertThat(cause.locator(".here")).isVisible();
            assertThat(message).isVisible();
            assertThat(message).not().isEmpty();
            assertThat(cause.locator(".bar")).isVisible();
            assertThat(visit.page().locator(".span"))
                    .hasCount((Integer) visit.page().evaluate(ROWS_THAT_HOLD_WHAT_THEY_SAY));
        }
    }

    /** How many rows hold all that is in them, and end where the next one begins at the latest. */
    private static final String ROWS_THAT_HOLD_WHAT_THEY_SAY = """
            () => {
              const rows = [...document.querySelectorAll('.span')];
              const ends = row => row.getBoundingClientRect().bottom;
              return rows.filter((row, i) => [...row.querySelectorAll('*')].every(part => ends(part) <= ends(row) + 1)
                && (i === rows.length - 1 || ends(row) <= rows[i + 1].getBoundingClientRect().top + 1)).length;
            }
            """;

    @Test
    void find_withinTheTrace_stepsThroughTheMatchesAndIsInTheAddress(Site site) {
        try (var visit = failedTrace(site)) {
            visit.press("/");
            visit.page().keyboard().type("terraform");
            visit.see("1 of 3 matches");
            visit.press("Enter");
            visit.see("2 of 3 matches");
            visit.press("Shift+Enter");
            visit.see("1 of 3 matches");
            visit.waitForAddress("find=terraform");

            visit.page().reload();
            visit.see("3 matches");
            assertThat(visit.page().locator(".found")).hasCount(3);
        }
    }

    @Test
    void span_ofTheAddress_isOpenWithAllThatIsStored(Site site) {
        try (var visit = failedTrace(site)) {
            visit.link("terraform apply").click();
            visit.waitForAddress("span=");

            visit.page().reload();

            var panel = visit.page().locator(".panel");
            assertThat(panel).containsText("Error acquiring the state lock");
            panel.getByText("JSON", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(panel.locator("pre")).containsText("\"spanId\": \"");
            visit.button("Close").click();
            assertThat(panel).isHidden();
            assertThat(visit.address()).doesNotContain("span=");
        }
    }

    @Test
    void values_ofAnOpenSpan_areCopied(Site site) {
        var options = new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        try (var visit = site.visit(site.url(), options).open(site.path("/target?key=checkout-production"))) {
            visit.link("Show it in the trace").click();
            var value = visit.page().locator(".panel dd:has-text('group release-managers')");
            value.hover();
            value.getByRole(AriaRole.BUTTON).click();
            visit.see("Copied");

            assertThat(visit.page().evaluate("navigator.clipboard.readText()")).isEqualTo("group release-managers");
        }
    }

    @Test
    void values_ofAnOpenSpan_areCopiedByKeyboardToo(Site site) {
        var options = new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        try (var visit = site.visit(site.url(), options).open(site.path("/target?key=checkout-production"))) {
            visit.link("Show it in the trace").click();
            visit.see("group release-managers");
            visit.page().locator("[aria-selected=true] .took").click();
            visit.press("Tab");
            assertThat(visit.button("Close")).isFocused();
            visit.press("Tab");

            var first = visit.page().locator(".panel dd:has(.copy)").first();
            assertThat(first.locator(".copy")).isFocused();
            assertThat(first.locator(".copy")).hasCSS("opacity", "1");
            visit.press("Enter");
            visit.see("Copied");

            assertThat(visit.page().evaluate("navigator.clipboard.readText()"))
                    .isEqualTo(first.locator(".value").innerText());
        }
    }

    @Test
    void trace_thatIsNotThere_leadsOn(Site site) {
        try (var visit = site.visit().expecting("404").open(site.path("/traces/" + "0".repeat(32)))) {
            visit.see("There is no such trace");
            visit.link("To the targets").click();
            visit.see("checkout-production");
        }
    }

    @Test
    void back_fromATrace_leadsToWhereOneWas(Site site) {
        try (var visit = site.visit().open(site.path("/traces?outcome=blocked"))) {
            visit.link("reporting-production").click();
            visit.see("Not deployed:");

            visit.page().goBack();

            visit.waitForAddress("/traces?outcome=blocked");
            assertThat(visit.page().locator("select[data-parameter=outcome]")).hasValue("blocked");
        }
    }
}
