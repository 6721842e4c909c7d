package io.deploytrace.cli;

import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates the first admin key of a server that has none, so that someone can create others. */
final class BootstrapKey {

    private static final String LABEL = "created at the first start";

    private final Environment environment;
    private final @Nullable Path file;

    BootstrapKey(Environment environment, @Nullable Path file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Creates it if there is no key at all, and tells it once.
     *
     * @throws ProgramException if the file can't be written; then no key is left behind
     */
    void createFirst(ApiKeyStore keys) {
        if (!keys.list(null, Deadlines.answer()).isEmpty()) {
            return;
        }
        var issued = keys.create(Role.ADMIN, null, LABEL, null, Deadlines.answer());
        if (file == null) {
            environment.out().println("Created the first admin key: " + issued.secret());
            return;
        }
        try {
            write(file, issued.secret());
        } catch (IOException e) {
            keys.revoke(issued.key().prefix(), Deadlines.answer());
            throw ProgramException.usage("--bootstrap-key-file: " + file + " can't be written: " + e.getMessage()
                    + ". It must not exist yet. The key was revoked; create another with 'key create --role admin'.");
        }
        environment.err().println("Created the first admin key, in " + file);
    }

    private static void write(Path file, String secret) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, owner)) {
            channel.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
