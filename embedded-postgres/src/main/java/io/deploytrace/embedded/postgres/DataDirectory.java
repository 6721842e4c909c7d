package io.deploytrace.embedded.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The directory of an embedded database and what lies in it; all of it its user's alone. */
final class DataDirectory {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    /** pg_ctl hands paths to a shell, between double quotes. */
    private static final Pattern UNUSABLE = Pattern.compile("[\"$`\\\\\\n]");

    /** What may lie in it before its first use: a database that was moved there, programs, the lock of another start. */
    private static final Set<String> ENTRIES = Set.of("data", "binaries", "connection.properties", "clients.lock");

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /**
     * Makes sure that the directory is there, and private.
     *
     * @throws EmbeddedDatabaseException if it can't be made or written to, belongs to someone else, or holds other files
     */
    static DataDirectory prepare(Path directory) {
        if (UNUSABLE.matcher(directory.toString()).find()) {
            throw new EmbeddedDatabaseException(
                    "The data directory " + directory
                            + " can't be used: its path must not contain \" $ ` \\ or a line break.",
                    null);
        }
        try {
            createPrivate(directory);
            var root = directory.toRealPath();
            requireOwner(root);
            var prepared = new DataDirectory(root);
            prepared.requireOwnUse();
            Files.setPosixFilePermissions(root, DIRECTORY);
            return prepared;
        } catch (UnsupportedOperationException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database needs a file system with POSIX permissions, which " + directory
                            + " isn't on: choose another directory, or use a PostgreSQL server of your own.",
                    e);
        } catch (IOException e) {
            throw Failures.ofFile("The data directory " + directory + " can't be used", e);
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is a file, not a directory", e);
        }
    }

    private static void requireOwner(Path root) throws IOException {
        var owner = ((Number) Files.getAttribute(root, "unix:uid")).longValue();
        if (owner != userId()) {
            throw new IOException("it belongs to the user "
                    + Files.getOwner(root).getName() + ", and a database can be run by the owner of its data only");
        }
    }

    /** Someone's other directory would be locked to others, and its files mixed with the database's. */
    private void requireOwnUse() throws IOException {
        try (var files = Files.newDirectoryStream(root)) {
            for (var file : files) {
                if (!ENTRIES.contains(file.getFileName().toString()) && !Files.exists(startLock())) {
                    throw new IOException("it holds " + file.getFileName()
                            + ", which is no part of a database; choose a directory that is empty or not there yet");
                }
            }
        }
    }

    static long userId() {
        return new UnixSystem().getUid();
    }

    Path root() {
        return root;
    }

    /** The database itself, as PostgreSQL lays it out. */
    Path cluster() {
        return root.resolve("data");
    }

    /** What {@link #cluster()} is made of, until it is complete. */
    Path newCluster() {
        return root.resolve("data.new");
    }

    Path binaries() {
        return root.resolve("binaries");
    }

    Path log() {
        return root.resolve("server.log");
    }

    /** Held by whoever starts or stops the server. */
    Path startLock() {
        return root.resolve("start.lock");
    }

    /** Held, shared, by each program that uses the server. */
    Path clientsLock() {
        return root.resolve("clients.lock");
    }

    /** Where the server listens, and the password. */
    Path connection() {
        return root.resolve("connection.properties");
    }

    /** Replaces a file in one step by a private one. */
    void write(Path file, String content) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(FILE));
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Creates a private file unless it is there. */
    static void touch(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, EnumSet.copyOf(FILE));
        }
    }

    /** Removes a directory and all that is in it; does nothing if it isn't there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
