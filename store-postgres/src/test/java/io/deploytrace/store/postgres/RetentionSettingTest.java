package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Workspace;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long the traces of a workspace are to be kept. */
class RetentionSettingTest extends ReadingTest {

    private PostgresWorkspaces workspaces;

    @BeforeEach
    void open() {
        workspaces = new PostgresWorkspaces(database.dataSource());
    }

    private @Nullable Duration retention(UUID workspaceId) {
        return workspaces.list(deadline).stream()
                .filter(listed -> listed.id().equals(workspaceId))
                .map(Workspace::retention)
                .toList()
                .get(0);
    }

    @Test
    void retention_ofANewWorkspace_isForEver() {
        assertThat(workspaces.create("team", deadline).retention()).isNull();
        assertThat(workspaces.list(deadline)).extracting(Workspace::retention).containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P30D", "P36500D", "PT36H0.000001S"})
    void retain_aTime_isReadAsItWasSet(String text) {
        var time = Duration.parse(text);
        var other = workspaces.create("other", deadline);

        workspaces.retain(workspace, time, deadline);

        assertThat(retention(workspace)).isEqualTo(time);
        assertThat(retention(other.id())).isNull();
    }

    @Test
    void retain_again_replacesTheTimeAndNull_removesIt() {
        workspaces.retain(workspace, Duration.ofDays(30), deadline);
        workspaces.retain(workspace, Duration.ofDays(7), deadline);
        assertThat(retention(workspace)).isEqualTo(Duration.ofDays(7));

        workspaces.retain(workspace, null, deadline);
        workspaces.retain(workspace, null, deadline);
        assertThat(retention(workspace)).isNull();
    }

    @Test
    void retention_setBySql_isReadInDays() {
        database.execute("INSERT INTO deployment_trace_retention VALUES ('" + workspace + "', '1 week 2 hours')");

        assertThat(retention(workspace)).isEqualTo(Duration.ofHours(7 * 24 + 2));
        assertThatThrownBy(() -> database.execute("UPDATE deployment_trace_retention SET keep = '0'"))
                .hasRootCauseMessage(
                        "ERROR: new row for relation \"deployment_trace_retention\" violates check constraint"
                                + " \"deployment_trace_retention_keep_check\"\n  Detail: Failing row contains ("
                                + workspace
                                + ", 00:00:00).");
    }

    @Test
    void retain_whereTheTableBelongsToAnotherApplication_works() {
        database.execute("ALTER TABLE workspace ADD COLUMN slug text NOT NULL DEFAULT 'x'");

        workspaces.retain(workspace, Duration.ofDays(1), deadline);

        assertThat(retention(workspace)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void workspace_deleted_takesItsRetentionAlong() {
        workspaces.retain(workspace, Duration.ofDays(1), deadline);
        workspaces.delete(workspace, spans -> {}, deadline);

        assertThat(database.query("SELECT * FROM deployment_trace_retention")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.9S", "P36500DT1S"})
    void retain_aTimeThatIsNotAllowed_fails(String time) {
        assertThatThrownBy(() -> workspaces.retain(workspace, Duration.parse(time), deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be from one second to 36,500 days, but is ");
    }

    @Test
    void retain_unknownWorkspace_fails() {
        var unknown = UUID.randomUUID();

        for (var time : new Duration[] {Duration.ofDays(1), null}) {
            assertThatThrownBy(() -> workspaces.retain(unknown, time, deadline))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no workspace " + unknown);
        }
    }
}
