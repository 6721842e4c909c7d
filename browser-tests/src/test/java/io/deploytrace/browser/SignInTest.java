package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that asks for keys. */
@ExtendWith(Site.Extension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SignInTest {

    private String key;

    @BeforeAll
    void start(Site site) throws Exception {
        site.createWorkspace("other tenant");
        key = ServerProcess.run(site.databaseUrl(), "key", "create", "--role", "read", "--workspace", "demo");
    }

    private Visit visit(Site site, String path) {
        return site.visit(site.guarded().url(), null).expecting("401|403|404").open(path);
    }

    private static void signIn(Visit visit, String key) {
        visit.page().getByLabel("API key").fill(key);
        visit.button("Sign in").click();
    }

    @Test
    void signIn_withAKey_leadsToWhereOneWanted(Site site) {
        try (var visit = visit(site, site.path("/target?key=checkout-production"))) {
            signIn(visit, "dt_wrong");
            visit.see("This key isn’t valid");

            signIn(visit, key);

            visit.see("Not deployed: checkout@v5.3.5");
            assertThat(visit.page().locator(".liveness")).hasText("live");
            assertThat(visit.page().evaluate("document.cookie")).isEqualTo("");
            assertThat(visit.page().evaluate("JSON.stringify(localStorage)").toString())
                    .doesNotContain(key);
        }
    }

    @Test
    void signOut_forgetsTheKey(Site site) {
        try (var visit = visit(site, "/")) {
            signIn(visit, key);
            visit.see("checkout-production");

            visit.button("Sign out").click();
            visit.see("A key that may read is enough");

            visit.page().reload();
            assertThat(visit.page().getByLabel("API key")).isVisible();
            assertThat(visit.context().cookies()).isEmpty();
        }
    }

    @Test
    void signOut_withoutAConnection_saysThatOneIsStillSignedIn(Site site) {
        try (var visit = visit(site, "/").expecting("401|net::")) {
            signIn(visit, key);
            visit.see("checkout-production");
            visit.page().route("**/sign-out", Route::abort);
            visit.button("Sign out").click();
            visit.see("You are still signed in");
            assertThat(visit.link("checkout-production")).isVisible();

            visit.page().unroute("**/sign-out");
            visit.button("Sign out").click();
            visit.see("A key that may read is enough");
        }
    }

    @Test
    void address_ofAnotherTenant_showsNothingOfIt(Site site) throws Exception {
        var other = site.createWorkspace("secret tenant");
        var spans = Deployments.blocked(other, "secret-target", "v1", "a secret message");
        site.write(spans);
        try (var visit = visit(site, "/")) {
            signIn(visit, key);
            visit.see("checkout-production");
            for (var path : java.util.List.of(
                    "",
                    "/target?key=secret-target",
                    "/traces",
                    "/traces/" + spans.get(0).traceId())) {
                visit.open(Site.path(other, path)).see("There is no such workspace");
                assertThat(visit.page().content()).doesNotContain("secret message", "secret tenant");
            }
        }
    }

    @Test
    void jobToken_cannotSignIn(Site site) throws Exception {
        var token = ServerProcess.run(
                site.databaseUrl(),
                "token",
                "0123456789abcdef0123456789abcdef",
                "--job",
                "deploy-1",
                "--parent",
                "0123456789abcdef",
                "--target",
                "checkout-production",
                "--workspace",
                site.workspaceId().toString());
        try (var visit = visit(site, "/")) {
            signIn(visit, token);
            visit.see("A job token can’t sign in");
            assertThat(visit.context().cookies()).isEmpty();
        }
    }

    @Test
    void key_thatIsRevoked_isAskedForAgain(Site site) throws Exception {
        var mine = ServerProcess.run(site.databaseUrl(), "key", "create", "--role", "read", "--workspace", "demo");
        try (var visit = visit(site, "/")) {
            signIn(visit, mine);
            visit.see("checkout-production");

            ServerProcess.run(site.databaseUrl(), "key", "revoke", mine);

            visit.link("Traces").click();
            assertThat(visit.page().getByLabel("API key")).isVisible();
        }
    }

    /** The stream of events ends within ten seconds, and the next one is refused. */
    @Test
    void key_thatIsRevokedWhileNothingIsDone_isAskedForAgain(Site site) throws Exception {
        var mine = ServerProcess.run(site.databaseUrl(), "key", "create", "--role", "read", "--workspace", "demo");
        try (var visit = visit(site, "/")) {
            signIn(visit, mine);
            visit.see("checkout-production");
            assertThat(visit.page().locator(".liveness")).hasText("live");

            ServerProcess.run(site.databaseUrl(), "key", "revoke", mine);

            visit.page().getByLabel("API key").waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        }
    }
}
