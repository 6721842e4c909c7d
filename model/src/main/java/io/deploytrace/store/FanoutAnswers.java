package io.deploytrace.store;

import io.deploytrace.query.Fanout;
import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.TraceBrief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads how a release stands at its targets, page by page. For one answer. */
final class FanoutAnswers {

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

    FanoutAnswers(SpanReader reader, UUID workspaceId, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
    }

    Fanout read(String releaseId) {
        var targets = new ArrayList<FanoutTarget>();
        var request = PageRequest.first(PageRequest.MAXIMUM_LIMIT);
        while (true) {
            var page = reader.fanout(workspaceId, releaseId, request, deadline);
            targets.addAll(withLinked(page.items()));
            var isCut = page.nextCursor() != null && targets.size() >= Answers.MAXIMUM_TARGETS;
            if (page.nextCursor() == null || isCut) {
                return Fanout.of(releaseId, targets, isCut);
            }
            request = new PageRequest(PageRequest.MAXIMUM_LIMIT, page.nextCursor());
        }
    }

    private List<FanoutTarget> withLinked(List<FanoutTarget> targets) {
        var overall = new LinkedOutcomes(reader, workspaceId, deadline)
                .of(targets.stream().flatMap(FanoutAnswers::spokenOf).toList());
        return targets.stream().map(target -> withLinked(target, overall)).toList();
    }

    private static Stream<TraceBrief> spokenOf(FanoutTarget target) {
        return target.lastDeployed() == null
                ? Stream.of(target.latest())
                : Stream.of(target.latest(), target.lastDeployed());
    }

    private static FanoutTarget withLinked(FanoutTarget target, Map<String, TraceBrief> overall) {
        var deployed = target.lastDeployed();
        return target.with(
                overall.getOrDefault(target.latest().traceId(), target.latest()),
                deployed == null ? null : overall.getOrDefault(deployed.traceId(), deployed));
    }
}
