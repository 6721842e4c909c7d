package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys as a table for people: a line each. */
final class KeyTable {

    private KeyTable() {}

    static List<String> lines(List<ApiKey> keys, List<Workspace> workspaces, Screen screen) {
        var table = new Table(
                Table.Column.fixed("KEY"),
                Table.Column.fixed("ROLE"),
                new Table.Column("WORKSPACE", 8),
                new Table.Column("LABEL", 6),
                Table.Column.fixed("AGE"),
                Table.Column.fixed("LAST USED"),
                Table.Column.fixed("STATE"));
        var names = workspaces.stream().collect(Collectors.toMap(Workspace::id, WorkspaceOption::label));
        keys.forEach(key -> table.add(row(key, names, screen.now())));
        return table.lines(screen);
    }

    private static StyledText[] row(ApiKey key, Map<UUID, String> names, Instant now) {
        var state = KeyState.of(key, now);
        return new StyledText[] {
            StyledText.of(key.prefix()),
            StyledText.of(key.role().value()),
            StyledText.of(workspace(key.workspaceId(), names)),
            StyledText.of(Objects.requireNonNullElse(key.label(), "")),
            StyledText.of(Hue.FAINT, Durations.age(key.createdAt(), now)),
            StyledText.of(lastUse(key.lastUsedAt(), now)),
            StyledText.of(state.hue, state(key, state, now))
        };
    }

    private static String workspace(@Nullable UUID id, Map<UUID, String> names) {
        return id == null ? "(all)" : names.getOrDefault(id, id.toString());
    }

    private static String lastUse(@Nullable Instant time, Instant now) {
        return time == null ? "never" : Durations.age(time, now) + " ago";
    }

    /** Live is said with its end, where it has one. */
    private static String state(ApiKey key, KeyState state, Instant now) {
        var expiresAt = key.expiresAt();
        return state == KeyState.LIVE && expiresAt != null ? "until " + Durations.clock(expiresAt, now) : state.value();
    }
}
