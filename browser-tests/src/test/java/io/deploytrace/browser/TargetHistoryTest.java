package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The history of a target while the target goes on. */
@ExtendWith(Site.Extension.class)
class TargetHistoryTest {

    private static final String TARGET = "target";

    private static Visit open(Site site, UUID workspace) {
        return site.visit().open(Site.path(workspace, "/target?key=" + TARGET));
    }

    private static void block(Site site, UUID workspace, String policy) {
        site.write(Deployments.blockedBy(workspace, TARGET, policy));
    }

    private static Locator lines(Visit visit) {
        return visit.page().locator(".run");
    }

    private static Locator choices(Visit visit) {
        return visit.page().getByRole(AriaRole.CHECKBOX);
    }

    @Test
    void lines_thatWereAskedFor_stayWhenTheTargetGoesOn(Site site) {
        var workspace = site.createWorkspace("long-history");
        site.write(IntStream.range(0, 60)
                .mapToObj(i -> Deployments.blockedBy(workspace, TARGET, "Policy " + i))
                .flatMap(List::stream)
                .toList());
        try (var visit = open(site, workspace)) {
            assertThat(lines(visit)).hasCount(50);
            visit.button("Show older ones").click();
            assertThat(lines(visit)).hasCount(60);
            visit.page().mouse().move(0, 0);

            block(site, workspace, "Freeze");

            assertThat(lines(visit).first()).containsText("Freeze");
            assertThat(lines(visit)).hasCount(60);
        }
    }

    @Test
    void lines_underTheHand_stayWhereTheyAreUntilTheyAreAskedFor(Site site) {
        var workspace = site.createWorkspace("history-hand");
        block(site, workspace, "Approval Policy");
        try (var visit = open(site, workspace)) {
            lines(visit).first().hover();
            assertThat(visit.page().locator(".liveness")).hasText("live");

            block(site, workspace, "Freeze");

            visit.button("1 line changed: show").click();
            assertThat(lines(visit)).containsText(new String[] {"Freeze", "Approval Policy"});
        }
    }

    @Test
    void choice_whileItsLineGoesOn_staysAndIsInTheAddress(Site site) {
        var workspace = site.createWorkspace("history-choice");
        block(site, workspace, "Approval Policy");
        block(site, workspace, "Freeze");
        try (var visit = open(site, workspace)) {
            choices(visit).nth(0).check();
            visit.waitForAddress("chosen=");

            block(site, workspace, "Freeze");

            assertThat(lines(visit).first()).containsText("2 times since");
            assertThat(choices(visit).nth(0)).isChecked();
            choices(visit).nth(1).check();
            assertThat(visit.link("Compare the two")).isVisible();

            visit.page().reload();
            assertThat(choices(visit).nth(0)).isChecked();
            assertThat(choices(visit).nth(1)).isChecked();
            visit.link("Compare the two").click();
            assertThat(visit.page().locator(".compare thead th")).hasText(new Pattern[] {
                Pattern.compile("Step"), Pattern.compile("blocked"), Pattern.compile("blocked")
            });
        }
    }

    @Test
    void release_underTheHand_staysWhereItIsUntilItIsAskedFor(Site site) {
        var workspace = site.createWorkspace("release-hand");
        site.write(Deployments.blocked(workspace, "first", "v1", "0 of 2 approvals"));
        try (var visit = site.visit().open(Site.path(workspace, "/release?id=v1"))) {
            visit.link("first").hover();
            assertThat(visit.page().locator(".liveness")).hasText("live");

            site.write(Deployments.blocked(workspace, "another", "v1", "0 of 2 approvals"));

            visit.button("1 target changed: show").click();
            assertThat(visit.page().locator(".target .key")).hasText(new String[] {"another", "first"});
        }
    }
}
