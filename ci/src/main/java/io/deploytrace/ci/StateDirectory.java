package io.deploytrace.ci;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** The directory for the state of jobs. Others who share the machine can neither read it nor put anything into it. */
final class StateDirectory {

    /** The user's own wish, then the temporary directories of runners, which are emptied after the job. */
    private static final String[] VARIABLES = {"DEPLOYTRACE_STATE_DIR", "RUNNER_TEMP", "WORKSPACE_TMP", "TMPDIR"};

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private StateDirectory() {}

    /** Makes the directory if need be. */
    static Path open(Map<String, String> variables) throws IOException {
        var parent = Files.createDirectories(parent(variables));
        var directory = parent.resolve("deploytrace-" + System.getProperty("user.name"));
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        } catch (FileAlreadyExistsException e) {
            check(directory);
        }
        return directory;
    }

    private static Path parent(Map<String, String> variables) {
        for (var variable : VARIABLES) {
            var value = variables.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return Path.of(value);
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void check(Path directory) throws IOException {
        var permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !permissions.equals(OWNER_ALONE)
                || !owner(directory).equals(ownUser(directory))) {
            throw new IOException(directory + " must be a directory that its user alone may use. Remove it, or set "
                    + VARIABLES[0] + " to another place.");
        }
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** The user of this process, where the system tells; else that of the directory. */
    private static Object ownUser(Path directory) throws IOException {
        var process = Path.of("/proc/self");
        return owner(Files.exists(process) ? process.toRealPath() : directory);
    }
}
