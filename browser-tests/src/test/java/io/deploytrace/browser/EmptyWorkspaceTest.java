package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A workspace in which nothing was recorded teaches how to begin. */
@ExtendWith(Site.Extension.class)
class EmptyWorkspaceTest {

    /** The README's lines are compiled and run by a test. */
    @Test
    void emptyWorkspace_showsTheLinesOfTheReadmeForItself(Site site) throws IOException {
        var workspace = site.emptyWorkspace();
        var readme = Files.readString(Path.of("..", "README.md"))
                .lines()
                .map(String::strip)
                .toList();
        try (var visit = site.visit().open(Site.path(workspace, ""))) {
            var shown = visit.page().locator("pre").innerText();

            assertThat(shown).contains("ReconcileTarget.builder(\"" + workspace + "\", \"api-service-production\")");
            assertThat(shown.replaceFirst("builder\\([^)]*\\)", "builder(workspaceId, releaseTargetKey)")
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.equals("}")))
                    .isSubsetOf(readme)
                    .hasSizeBetween(8, 12);
        }
    }

    @Test
    void emptyTraces_showThemToo(Site site) {
        var workspace = site.emptyWorkspace();
        try (var visit = site.visit().open(Site.path(workspace, "/traces"))) {
            visit.see("Nothing is recorded in this workspace yet");
            assertThat(visit.button("Copy the lines")).isVisible();
        }
    }

    @Test
    void start_withSeveralWorkspaces_letsOneChoose(Site site) {
        site.createWorkspace("one of several");
        try (var visit = site.visit().open("/")) {
            visit.link("one of several").click();
            visit.see("Nothing is recorded in this workspace yet");
            visit.page().locator(".switcher summary").click();
            visit.link("demo").click();
            visit.see("checkout-production");
        }
    }
}
