package io.deploytrace.browser;

import io.deploytrace.query.Outcome;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Every page, most of them on the data of the demonstration, and what they look like where there is nothing to show. */
final class Pages {

    private Pages() {}

    /**
     * A page.
     *
     * @param url the server it is asked of
     * @param path where it is
     * @param shows a text that is seen once it is there
     * @param offline whether the connection is lost once it is there
     */
    record Shown(String url, String path, String shows, boolean offline) {

        /** Opens it, and waits until it is there. */
        Visit open(Visit visit) {
            visit.context().setOffline(false);
            visit.openAt(url, path).see(shows);
            if (offline) {
                visit.context().setOffline(true);
                visit.see("Not connected");
            }
            return visit;
        }
    }

    static Map<String, Shown> of(Site site) {
        var pages = new LinkedHashMap<String, Shown>();
        pages.put("workspaces", shown(site, "/", "demo"));
        pages.put("targets", shown(site, site.path(""), "checkout-production"));
        pages.put("target", shown(site, site.path("/target?key=checkout-production"), "What stands in the way"));
        addTraces(pages, site);
        pages.put("release", shown(site, site.path("/release?id=checkout@v5.3.5"), "checkout-production"));
        var situations = site.workspaceOfSituations();
        pages.put("target-waiting", shown(site, Site.path(situations, "/target?key=" + Situations.WAITING), "Held by"));
        addNothings(pages, site);
        pages.put("sign-in", new Shown(site.guarded().url(), "/", "API key", false));
        pages.put("offline", new Shown(site.url(), site.path(""), "checkout-production", true));
        return pages;
    }

    private static void addTraces(Map<String, Shown> pages, Site site) {
        var blocked = newest(site, "checkout-production", Outcome.BLOCKED);
        var deployed = newest(site, "checkout-production", Outcome.DEPLOYED);
        var failed = newest(site, "search-staging", Outcome.FAILED);
        var cause = Objects.requireNonNull(blocked.summary().cause()).spanId();
        var span = site.path("/traces/" + id(blocked) + "?span=" + cause);
        var comparison = site.path("/compare?a=" + id(deployed) + "&b=" + id(blocked));
        pages.put("trace", shown(site, site.path("/traces/" + id(failed)), "terraform apply"));
        pages.put("span", shown(site, span, "group release-managers"));
        pages.put("traces", shown(site, site.path("/traces?status=blocked"), "1 of 2 approvals"));
        pages.put("compare", shown(site, comparison, "Approval Policy"));
    }

    private static void addNothings(Map<String, Shown> pages, Site site) {
        var empty = site.emptyWorkspace();
        pages.put("empty-targets", shown(site, Site.path(empty, ""), "Nothing is recorded in this workspace yet"));
        pages.put(
                "empty-traces", shown(site, Site.path(empty, "/traces"), "Nothing is recorded in this workspace yet"));
        pages.put("no-match", shown(site, site.path("?q=no-such-target"), "No such target"));
        pages.put("no-trace-matches", shown(site, site.path("/traces?releaseTarget=nobody"), "No such trace"));
        pages.put("no-target", shown(site, site.path("/target?key=checkout-prod"), "Did you mean"));
        pages.put("no-trace", shown(site, site.path("/traces/" + "0".repeat(32)), "There is no such trace"));
        pages.put("no-release", shown(site, site.path("/release?id=v0"), "No such release"));
        pages.put("no-comparison", shown(site, site.path("/compare"), "Choose two traces"));
        pages.put("refused", shown(site, site.path("/traces?since=yesterday"), "This can’t be shown"));
        pages.put("no-workspace", shown(site, Site.path(new UUID(0, 1), ""), "There is no such workspace"));
        pages.put("nothing", shown(site, site.path("/nothing"), "There is nothing here"));
    }

    private static Shown shown(Site site, String path, String shows) {
        return new Shown(site.url(), path, shows, false);
    }

    private static String id(StoredTrace trace) {
        return trace.summary().traceId();
    }

    private static StoredTrace newest(Site site, String target, Outcome outcome) {
        var filter = new TraceFilter(target, null, null, null, null, null, outcome, null, new TimeRange(null, null));
        var deadline = Deadline.after(Duration.ofSeconds(30));
        return site.store()
                .traces(site.workspaceId(), filter, PageRequest.first(1), deadline)
                .items()
                .get(0);
    }
}
