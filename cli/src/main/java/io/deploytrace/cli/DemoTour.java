package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import io.deploytrace.store.Answers;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.Workspace;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration prints at its end: one trace, one answer, and what to try next. */
final class DemoTour {

    private final Environment environment;
    private final Screen screen;
    private final Store store;
    private final Workspace workspace;
    private final String traceId;

    DemoTour(Environment environment, Store store, Workspace workspace, String traceId) {
        this.environment = environment;
        this.screen = Screen.of(environment);
        this.store = store;
        this.workspace = workspace;
        this.traceId = traceId;
    }

    void print() {
        heading("One deployment, recorded just now:");
        showWorkflow();
        heading("Why isn't the new version of checkout in production?");
        explainBlocked();
        heading("Try next:");
        commands().forEach(environment.out()::println);
    }

    private void showWorkflow() {
        var deadline = Deadlines.answer();
        var reader = store.reader();
        reader.summary(workspace.id(), traceId, deadline)
                .map(summary -> new TraceView(
                        summary,
                        reader.traceWithLinked(workspace.id(), traceId, deadline),
                        reader.linkedTraces(workspace.id(), traceId, deadline)))
                .ifPresent(view -> view.draw(screen, environment.out()::println));
    }

    private void explainBlocked() {
        var answer = new Answers(store.reader(), store.workspaces())
                .whyTarget(workspace.id(), DemoDay.BLOCKED_TARGET, null, Deadlines.answer());
        var outcome = answer.why() == null ? Outcome.SKIPPED : answer.why().outcome();
        WhyDrawing.draw(answer.lines(screen.now()), outcome, screen, environment.out()::println);
    }

    private List<String> commands() {
        var option =
                store.workspaces().list(Deadlines.answer()).size() > 1 ? " --workspace " + DemoCommand.WORKSPACE : "";
        var commands = new ArrayList<String[]>();
        commands.add(new String[] {"why billing-production", "waits for its window"});
        commands.add(new String[] {"why search-staging", "failed, and the pipeline knows why"});
        commands.add(new String[] {"why auth-production-us", "its controller died"});
        commands.add(new String[] {"diff " + DemoDay.BLOCKED_TARGET, "what changed since it was deployed to"});
        commands.add(new String[] {"history " + DemoDay.BLOCKED_TARGET, "what became of it before"});
        commands.add(new String[] {"fanout checkout@v5.3.5", "how a release stands at each target"});
        commands.add(new String[] {"show " + failedTrace(), "a failed job with its pipeline's own trace"});
        commands.add(new String[] {"list --outcome blocked --since 2h", "what is blocked"});
        commands.add(new String[] {"list --target " + DemoDay.BLOCKED_TARGET + " --json", "the same for programs"});
        commands.add(new String[] {"prune --older-than 12h --dry-run", "what cleaning up would remove"});
        var lines = new ArrayList<String>();
        var widest =
                commands.stream().mapToInt(command -> command[0].length()).max().orElse(0) + option.length();
        for (var command : commands) {
            lines.add(line(command[0] + option, command[1], widest));
        }
        lines.add(line("database", "keeps the database running, and prints the URL for psql", widest));
        return lines;
    }

    private String line(String command, String remark, int widest) {
        var start = "  " + environment.program() + " ";
        var text =
                StyledText.of(start + command).at(start.length() + widest + 2, StyledText.of(Hue.FAINT, "# " + remark));
        return screen.line(text);
    }

    private String failedTrace() {
        var filter = new TraceFilter(
                "search-staging", null, null, null, null, null, Outcome.FAILED, null, TraceFilter.ALL.range());
        var page = store.reader().traces(workspace.id(), filter, PageRequest.first(1), Deadlines.answer());
        return page.items().isEmpty() ? traceId : page.items().get(0).summary().traceId();
    }

    private void heading(String text) {
        environment.out().println();
        environment.out().println(screen.line(StyledText.of(Hue.STRONG, text)));
    }
}
