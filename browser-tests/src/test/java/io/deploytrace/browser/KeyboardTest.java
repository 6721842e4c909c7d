package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without a mouse. */
@ExtendWith(Site.Extension.class)
class KeyboardTest {

    @Test
    void keys_alone_leadFromTheStartToTheCause(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("search-staging");
            visit.press("j");
            assertThat(visit.link("search-staging")).isFocused();
            visit.press("j", "j", "k", "k", "Enter");
            visit.see("Failed: search@v2.4.6 failed at terraform apply");

            visit.link("Open the trace").focus();
            visit.press("Enter");
            visit.see("deploy.yml #");
            visit.press("b");
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("terraform apply");

            visit.page().locator("#grid").focus();
            visit.press("Enter");
            assertThat(visit.page().locator(".panel")).containsText("Error acquiring the state lock");
            visit.press("Escape");
            assertThat(visit.page().locator(".panel")).isHidden();
        }
    }

    @Test
    void arrows_inTheTree_moveAndFold(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=search-staging"))) {
            visit.link("Open the trace").click();
            visit.see("deploy.yml #");
            visit.page().locator("#grid").focus();
            var active = visit.page().locator("[aria-selected=true]");

            visit.press("Home");
            assertThat(active).containsText("Reconciliation");
            visit.press("ArrowDown");
            assertThat(active).containsText("Planning");
            visit.press("ArrowLeft");
            assertThat(active).hasAttribute("aria-expanded", "false");
            visit.press("ArrowDown");
            assertThat(active).containsText("Eligibility");
            visit.press("ArrowUp", "ArrowRight", "ArrowRight");
            assertThat(active).containsText("Environment Progression");
            visit.press("ArrowLeft");
            assertThat(active).containsText("Planning");
            visit.press("End");
            assertThat(active).containsText("terraform apply");
        }
    }

    @Test
    void help_opensAndCloses(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("?");
            assertThat(visit.page().locator("#help")).isVisible();
            visit.press("Escape");
            assertThat(visit.page().locator("#help")).isHidden();
        }
    }

    @Test
    void everything_isReachedByTab(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("Tab");
            assertThat(visit.link("To the content")).isFocused();
            for (var i = 0; i < 8; i++) {
                visit.press("Tab");
            }
            assertThat(visit.link("search-staging")).isFocused();
            visit.press("g", "r");
            visit.waitForAddress("/traces");
        }
    }
}
