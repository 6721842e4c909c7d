package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The facts behind the sentences of why a target is as it is. */
@ExtendWith(Site.Extension.class)
class AnswerFactsTest {

    private static Visit waiting(Site site) {
        var path = Site.path(site.workspaceOfSituations(), "/target?key=" + Situations.WAITING);
        return site.visit().open(path).see("What stands in the way");
    }

    private static Locator fact(Visit visit, String name) {
        return visit.page()
                .locator(".facts > div")
                .filter(new Locator.FilterOptions()
                        .setHas(visit.page().locator("dt", new Page.LocatorOptions().setHasText(name))))
                .locator("dd");
    }

    @Test
    void blocker_saysWhoClearsItAndWhenItIsLookedAtNext(Site site) {
        try (var visit = waiting(site)) {
            assertThat(fact(visit, "Who clears it")).hasText("platform-on-call");
            assertThat(fact(visit, "Next evaluation")).containsText(Pattern.compile("in [1-7] m$"));
            assertThat(fact(visit, "owner")).hasCount(0);
            assertThat(fact(visit, "held_by")).hasCount(0);
        }
    }

    @Test
    void limit_leadsToTheJobThatHoldsIt(Site site) {
        try (var visit = waiting(site)) {
            assertThat(fact(visit, "Held by")).containsText("running");
            visit.link(Situations.HOLDER).click();

            visit.see("still open");
            assertThat(visit.page().locator("h1")).hasText("search-production-us");
        }
    }

    @Test
    void changes_sinceTheLastDeployment_areShownBeforeAndAfter(Site site) {
        try (var visit = waiting(site)) {
            var row = visit.page().locator(".compare tbody tr").first();

            assertThat(visit.page().locator(".compare thead th"))
                    .containsText(new String[] {"Step", "catalog@v2.19.7", "catalog@v2.19.8"});
            assertThat(row.locator("th")).containsText("Concurrency Limit");
            assertThat(row.locator("td").nth(0)).containsText("1 of 2 slots is taken");
            assertThat(row.locator("td").nth(1)).containsText("pending");
            row.locator("td").nth(0).getByRole(AriaRole.LINK).click();
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("Concurrency Limit");
        }
    }

    @Test
    void policy_thatComesAndGoes_saysHowOftenItPassed(Site site) {
        var path = Site.path(site.workspaceOfSituations(), "/target?key=" + Situations.FLAPPING);
        try (var visit = site.visit().open(path)) {
            visit.see("What stands in the way");
            assertThat(fact(visit, "Comes and goes")).hasText("passed 3 of the last 6 times");
        }
    }

    @Test
    void target_thatIsUnderWay_saysWhatIsOpen(Site site) {
        var path = Site.path(site.workspaceOfSituations(), "/target?key=search-production-us");
        try (var visit = site.visit().open(path)) {
            visit.see("What is still open");
            visit.link("Job: github-action").click();
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("Job: github-action");
        }
    }

    @Test
    void record_withGaps_saysWhichStepsAreMissing(Site site) {
        var workspace = site.createWorkspace("gaps");
        site.write(Deployments.blocked(workspace, "target-with-gaps", "v1", "0 of 2 approvals").stream()
                .filter(span -> !"Planning".equals(span.name()))
                .toList());
        try (var visit = site.visit().open(Site.path(workspace, "/target?key=target-with-gaps"))) {
            visit.see("What is missing");
            visit.page().locator("#doubts ~ .facts a").first().click();
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("Approval Policy");
        }
    }

    @Test
    void history_ofAWorkspaceThatForgets_saysForHowLongItRemembers(Site site) {
        var workspace = site.createWorkspace("forgetful");
        site.write(Deployments.blocked(workspace, "target", "v1", "0 of 2 approvals"));
        site.keepFor(workspace, Duration.ofDays(30));
        try (var visit = site.visit().open(Site.path(workspace, "/target?key=target"))) {
            visit.see("This workspace keeps traces for 30 d");
        }
    }

    @Test
    void key_thatIsMistyped_leadsToTheTargetsThatAreMeant(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=checkout-prod"))) {
            visit.see("Did you mean");
            visit.link("checkout-production").click();
            visit.see("Not deployed: checkout@v5.3.5");
        }
    }

    @Test
    void times_areInTheZoneOfTheViewer_andInUtcOnHover(Site site) {
        var options = new Browser.NewContextOptions().setTimezoneId("Asia/Kolkata");
        try (var visit = site.visit(site.url(), options).open(site.path("/target?key=checkout-production"))) {
            visit.see("26 times since");
            assertThat(visit.page().locator(".run time").first())
                    .hasAttribute("title", Pattern.compile("GMT\\+5:30 · .*Z$"));
        }
    }

    @Test
    void release_isGroupedByWhatBecameOfItAndLeadsToItsTraces(Site site) {
        try (var visit = site.visit().open(site.path("/release?id=checkout@v5.3.5"))) {
            visit.see("checkout@v5.3.5 is deployed to 2 of 3 targets, 1 blocked.");
            assertThat(visit.page().locator(".group h2 .outcome"))
                    .hasText(List.of("Blocked", "Deployed").toArray(String[]::new));
            visit.link("checkout-production").click();
            visit.see("Not deployed:");
        }
    }
}
