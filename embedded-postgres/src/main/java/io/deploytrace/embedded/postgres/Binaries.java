package io.deploytrace.embedded.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs: unpacks them once, beside the data, for its user alone. */
final class Binaries {

    private static final String VERSION = version();

    private final Path directory;

    private Binaries(Path directory) {
        this.directory = directory;
    }

    /** The version of the data that these programs read, such as {@code 18}. */
    static String majorVersion() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    /** Unpacks the programs unless they are there. To be called by one program at a time. */
    static Binaries prepare(DataDirectory data) throws IOException {
        var directory = data.binaries().resolve("postgresql-" + VERSION + "-" + platform());
        if (!Files.isDirectory(directory)) {
            // Whatever else is there is of another version, or was left half unpacked.
            DataDirectory.delete(data.binaries());
            var unfinished = data.binaries().resolve("new");
            unpack(unfinished);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Binaries(directory);
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    private static String platform() {
        return (System.getProperty("os.name") + "-" + System.getProperty("os.arch"))
                .toLowerCase(Locale.ROOT)
                .replace(' ', '-');
    }

    private static void unpack(Path target) throws IOException {
        var system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        try (var archive = archive(system);
                var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, entry.resolveIn(target));
            }
        }
    }

    private static InputStream archive(String system) throws IOException {
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"));
        } catch (IllegalStateException e) {
            throw new EmbeddedDatabaseException(
                    "There is no embedded database for " + system + " on " + System.getProperty("os.arch")
                            + ": use a PostgreSQL server of your own.",
                    e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        Files.createDirectories(entry.isDirectory() ? file : file.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, file);
            var permissions = entry.getName().contains("bin/") ? "rwx------" : "rw-------";
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    private static String version() {
        try (var stream = Binaries.class.getResourceAsStream("postgresql.properties")) {
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
