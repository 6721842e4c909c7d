package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Stored traces are found by these ids for ever: they must not change. */
class JobTraceIdsTest {

    private static final String WORKSPACE = Requests.WORKSPACE.toString();

    @Test
    void stored_isThisForEver() {
        assertThat(stored(WORKSPACE, Requests.PARENT_TRACE, "job-1", Requests.TRACE))
                .isEqualTo("0192f0c1a2b355884ef9ec103596b0af");
        assertThat(stored(WORKSPACE, Requests.PARENT_TRACE, "jöb 🚀", Requests.TRACE))
                .isEqualTo("0192f0c1a2b3aad29f0ef979c926526a");
    }

    @Test
    void stored_beginsWithTheTimeOfTheParentAndGoesOnWithAHash() throws Exception {
        var framed = "36:" + WORKSPACE + "32:" + Requests.PARENT_TRACE + "5:job-1" + "32:" + Requests.TRACE;
        var hash = MessageDigest.getInstance("SHA-256").digest(framed.getBytes(StandardCharsets.UTF_8));

        assertThat(stored(WORKSPACE, Requests.PARENT_TRACE, "job-1", Requests.TRACE))
                .isEqualTo(
                        Requests.PARENT_TRACE.substring(0, 12) + HexFormat.of().formatHex(hash, 0, 10));
    }

    @Test
    void stored_differsWithEachOfTheFourAndNothingElse() {
        var ids = Stream.of(
                stored(WORKSPACE, Requests.PARENT_TRACE, "job-1", Requests.TRACE),
                stored(Requests.OTHER_WORKSPACE.toString(), Requests.PARENT_TRACE, "job-1", Requests.TRACE),
                stored(WORKSPACE, "0192f0c1a2b3c4d5e6f708192a3b4c5e", "job-1", Requests.TRACE),
                stored(WORKSPACE, Requests.PARENT_TRACE, "job-2", Requests.TRACE),
                stored(WORKSPACE, Requests.PARENT_TRACE, "job-1", "5b8efff798038103d269b633813fc60d"));

        assertThat(ids).doesNotHaveDuplicates();
    }

    private static String stored(String workspaceId, String parent, String jobId, String sent) {
        var job = new JobReference(workspaceId, parent, Requests.PARENT_SPAN, jobId, null, null);
        return new JobTraceIds(job).stored(sent);
    }
}
