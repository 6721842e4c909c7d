package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the state of the world to why one target is as it is. */
@ExtendWith(Site.Extension.class)
class TargetPagesTest {

    @Test
    void blockedTarget_fromTheStart_isExplainedAndShownInItsTraceWithinThreeClicks(Site site) {
        site.createWorkspace("beside it");
        try (var visit = site.visit().open("/")) {
            visit.link("demo").click();
            visit.link("checkout-production").click();
            visit.see("Not deployed: checkout@v5.3.5 has been blocked by Approval Policy");
            visit.see("It needs 1 more approval (1 of 2: alice) from group release-managers.");

            visit.link("Show it in the trace").click();

            assertThat(visit.page().locator("[aria-selected=true]")).containsText("Approval Policy");
            assertThat(visit.page().locator(".panel")).containsText("group release-managers");
        }
    }

    @Test
    void targets_areGroupedByOutcomeWithTheirCause(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("Deployment Window");

            var headings = visit.page().locator(".group h2 .outcome").allInnerTexts();
            assertThat(headings)
                    .containsSubsequence("Failed", "Blocked", "Waiting", "Ineligible", "Running", "Deployed");
        }
    }

    @Test
    void search_asOneTypes_findsOnTheServerAndIsInTheAddress(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("/");
            visit.page().keyboard().type("BILLing");
            visit.waitForAddress("q=BILLing");

            assertThat(visit.page().locator(".target .key")).containsText(new String[] {"billing-production"});
            assertThat(visit.link("checkout-production")).isHidden();

            visit.page().reload();
            visit.see("billing-production");
            assertThat(visit.page().getByPlaceholder("Search targets")).hasValue("BILLing");

            visit.press("/", "Escape");
            visit.see("checkout-production");
        }
    }

    @Test
    void search_thatFindsNothing_saysSoAndLeadsBack(Site site) {
        try (var visit = site.visit().open(site.path("?q=no-such-target"))) {
            visit.see("No such target");
            visit.button("Show all").click();
            visit.see("checkout-production");
        }
    }

    @Test
    void foldedGroup_thatWasOpened_isOpenAfterAReload(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            assertThat(visit.link("checkout-staging")).isHidden();
            visit.button("Deployed").click();
            visit.waitForAddress("open=deployed");

            visit.page().reload();

            assertThat(visit.page().locator("#group-deployed button")).hasAttribute("aria-expanded", "true");
        }
    }

    @Test
    void answer_copied_isPlainText(Site site) {
        var options = new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        try (var visit = site.visit(site.url(), options).open(site.path("/target?key=checkout-production"))) {
            visit.button("Copy the answer").click();
            visit.see("Copied");

            var copied = visit.page().evaluate("navigator.clipboard.readText()").toString();
            assertThat(copied.lines())
                    .first()
                    .asString()
                    .startsWith("Not deployed: checkout@v5.3.5 has been blocked by Approval Policy for ");
            assertThat(copied).contains("\nIt needs 1 more approval (1 of 2: alice) from group release-managers.\n");
        }
    }

    @Test
    void history_isFoldedAndTwoOfItAreCompared(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=checkout-production"))) {
            visit.see("26 times since");
            var choices = visit.page().getByRole(AriaRole.CHECKBOX);
            choices.nth(0).check();
            choices.nth(1).check();
            visit.link("Compare the two").click();

            visit.waitForAddress("/compare?a=");
            assertThat(visit.role(AriaRole.HEADING, "Compare")).isVisible();
            assertThat(visit.page().locator(".compare tr", new Page.LocatorOptions().setHasText("Target Health")))
                    .containsText("passed");
            assertThat(visit.page().locator(".compare tr", new Page.LocatorOptions().setHasText("Don't deploy v5.3.5")))
                    .containsText("rejected");
        }
    }

    @Test
    void target_ofWhichNothingWasRecorded_saysWhatToDo(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=no-such-target"))) {
            visit.see("No reconcile of no-such-target is on record.");
        }
    }
}
