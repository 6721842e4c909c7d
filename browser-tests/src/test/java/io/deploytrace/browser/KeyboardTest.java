package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

            assertThat(visit.page().locator("h1")).isFocused();
            visit.press("Tab");
            assertThat(visit.link("Open the trace")).isFocused();
            visit.press("Enter");
            visit.see("deploy.yml #");
            assertThat(visit.page().locator("h1")).isFocused();
            visit.press("b");
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("terraform apply");

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
            tabTo(visit, "grid");
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

    /** A row is heard of only where the tree that names it as its active one has the focus. */
    @ParameterizedTest
    @CsvSource({"j, Reconciliation", "b, terraform apply"})
    void key_thatMovesToARow_isHeard(String key, String row, Site site) {
        try (var visit = site.visit().open(site.path("/target?key=search-staging"))) {
            visit.link("Open the trace").click();
            visit.see("deploy.yml #");
            visit.press(key);

            var active = visit.page().locator("[aria-selected=true]");
            assertThat(active).containsText(row);
            var grid = visit.page().locator("#grid");
            assertThat(grid).isFocused();
            assertThat(grid).hasAttribute("aria-activedescendant", active.getAttribute("id"));
        }
    }

    @Test
    void match_steppedToByKey_isHeard(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=search-staging"))) {
            visit.link("Open the trace").click();
            visit.see("deploy.yml #");
            visit.press("/");
            visit.page().keyboard().type("terraform");
            visit.see("1 of 3 matches");
            assertThat(visit.page().getByPlaceholder("Find in this trace")).isFocused();
            visit.press("Tab", "n");

            visit.see("2 of 3 matches");
            assertThat(visit.page().locator("#grid")).isFocused();
        }
    }

    /** Presses Tab until the element with the id has the focus. */
    private static void tabTo(Visit visit, String id) {
        for (var i = 0; i < 30; i++) {
            visit.press("Tab");
            if (id.equals(visit.page().evaluate("document.activeElement.id"))) {
                return;
            }
        }
        assertThat(visit.page().locator("#" + id)).isFocused();
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
    void shortcuts_switchedOff_doNothingAlsoAfterAReload(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("?");
            switchShortcuts(visit);
            visit.press("Escape");
            pressInVain(visit);

            visit.page().reload();
            visit.see("checkout-production");
            pressInVain(visit);

            visit.button("Keys").click();
            switchShortcuts(visit);
            visit.press("Escape", "g", "r");
            visit.waitForAddress("/traces");
        }
    }

    private static void pressInVain(Visit visit) {
        visit.press("j");
        assertThat(visit.link("search-staging")).not().isFocused();
        visit.press("g", "r", "?");
        assertThat(visit.page().locator("#help")).isHidden();
        assertThat(visit.address()).doesNotContain("/traces");
    }

    private static void switchShortcuts(Visit visit) {
        visit.page().getByLabel("Letters and signs alone are shortcuts").click();
    }

    @Test
    void rows_whereShortcutsAreOff_areStillMovedToByArrows(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=search-staging"))) {
            visit.link("Open the trace").click();
            visit.see("deploy.yml #");
            visit.press("?");
            switchShortcuts(visit);
            visit.press("Escape", "b");
            assertThat(visit.page().locator("#grid")).not().isFocused();

            visit.button("What stands in the way").click();
            visit.press("ArrowUp", "ArrowDown");
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("terraform apply");
        }
    }

    /** What Tab doesn't reach is left in the set; what is seen only under the mouse is to be reached too. */
    private static final String NOTICE_WHAT_IS_REACHED = """
            () => {
              const all = document.querySelectorAll('a[href], button, input, select, summary, [tabindex]');
              const byTab = [...all].filter(element => element.tabIndex >= 0 && element.checkVisibility());
              window.unreached = new Set(byTab.filter(element => element !== document.activeElement));
              document.addEventListener('focusin', event => window.unreached.delete(event.target));
              return window.unreached.size;
            }
            """;

    @Test
    void everything_isReachedByTab(Site site) {
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("Tab");
            assertThat(visit.link("To the content")).isFocused();
            reachAll(visit);
            visit.link("checkout-production").click();
            visit.link("Show it in the trace").click();
            visit.see("group release-managers");
            reachAll(visit);
            visit.press("g", "r");
            visit.waitForAddress("/traces");
        }
    }

    /** Twice around: what scrolls may have the focus as well. */
    private static void reachAll(Visit visit) {
        var count = (Integer) visit.page().evaluate(NOTICE_WHAT_IS_REACHED);
        for (var i = 0; i < 2 * count; i++) {
            visit.press("Tab");
        }
        assertThat(visit.page().evaluate("[...unreached].map(element => element.outerHTML)"))
                .isEqualTo(List.of());
    }
}
