package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From one workspace to another. */
@ExtendWith(Site.Extension.class)
class SwitcherTest {

    private static Locator switcher(Visit visit) {
        return visit.page().locator(".switcher summary");
    }

    @Test
    void workspace_chosen_isTheOneNamedAfterBackAndForwardToo(Site site) {
        var other = site.createWorkspace("another tenant");
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            assertThat(switcher(visit)).hasText("Workspace: demo");
            switcher(visit).click();
            visit.link("another tenant").click();
            visit.see("Nothing is recorded in this workspace yet");
            assertThat(switcher(visit)).hasText("Workspace: another tenant");
            assertThat(visit.link("another tenant")).isHidden();

            visit.page().goBack();
            visit.see("checkout-production");
            assertThat(switcher(visit)).hasText("Workspace: demo");

            visit.page().goForward();
            visit.waitForAddress(other.toString());
            visit.see("Nothing is recorded in this workspace yet");
            assertThat(switcher(visit)).hasText("Workspace: another tenant");
        }
    }

    @Test
    void workspaces_byKeyboard_areListedAndNothingIsLeftUntilOneIsChosen(Site site) {
        var other = site.createWorkspace("reached by keyboard");
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            visit.press("Tab", "Tab", "Tab");
            assertThat(switcher(visit)).isFocused();
            visit.press("ArrowDown", "Enter");
            assertThat(visit.link("reached by keyboard")).isVisible();
            assertThat(visit.link("reached by keyboard")).hasAttribute("href", Site.path(other, ""));
            visit.see("checkout-production");

            visit.press("Tab", "Escape");
            assertThat(visit.link("reached by keyboard")).isHidden();
            assertThat(switcher(visit)).isFocused();
        }
    }

    @Test
    void list_thatIsOpen_closesOnceSomethingElseIsClickedOrFocused(Site site) {
        site.createWorkspace("in an open list");
        try (var visit = site.visit().open(site.path(""))) {
            visit.see("checkout-production");
            var link = visit.link("in an open list");
            switcher(visit).click();
            assertThat(link).isVisible();
            visit.page().locator(".liveness").click();
            assertThat(link).isHidden();

            switcher(visit).click();
            assertThat(link).isVisible();
            visit.press("Shift+Tab");
            assertThat(link).isHidden();
        }
    }
}
