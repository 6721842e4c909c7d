package io.deploytrace.cli;

import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Leases;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Creates the first key of a server that has none, with the highest role, so that someone can use it. */
final class BootstrapKey {

    private static final String LABEL = "created at the first start";
    private static final String LEASE = "first key";
    private static final Duration LEASE_TIME = Duration.ofSeconds(30);

    private final UUID self = UUID.randomUUID();

    private final PrintWriter out;
    private final ServerLog log;
    private final @Nullable Path file;

    /**
     * A key that is told.
     *
     * @param out where the key is printed, unless it is written to a file
     * @param log says that it was
     */
    BootstrapKey(PrintWriter out, ServerLog log, @Nullable Path file) {
        this.out = out;
        this.log = log;
        this.file = file;
    }

    /**
     * Creates it if there is no key at all, and tells it once: of several servers that start together one does, and the others wait for it.
     *
     * @throws ProgramException if the file can't be made; then there is no key either
     */
    void createFirst(ApiKeyStore keys, Leases leases) throws InterruptedException {
        while (isFirst(keys)) {
            if (leases.tryHold(LEASE, self, LEASE_TIME, Deadlines.answer())) {
                try {
                    createIfFirst(keys);
                } finally {
                    leases.release(LEASE, self, Deadlines.answer());
                }
            } else {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static boolean isFirst(ApiKeyStore keys) {
        return keys.list(null, Deadlines.answer()).isEmpty();
    }

    private void createIfFirst(ApiKeyStore keys) {
        if (!isFirst(keys)) {
            return;
        }
        if (file == null) {
            out.println("Created the first admin key: " + create(keys));
            return;
        }
        try {
            createIn(file, keys);
        } catch (IOException e) {
            throw ProgramException.usage("--bootstrap-key-file: " + file + " can't be written: " + e.getMessage()
                    + ". It must not exist yet.");
        }
        log.say("Created the first admin key, in " + file);
    }

    private static String create(ApiKeyStore keys) {
        return keys.create(Role.ADMIN, null, LABEL, null, Deadlines.answer()).secret();
    }

    /** The file first: a key that nobody could be told would be the only one. */
    private static void createIn(Path file, ApiKeyStore keys) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, owner)) {
            channel.write(ByteBuffer.wrap((create(keys) + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (SpanStoreException notCreated) {
            Files.delete(file);
            throw notCreated;
        }
    }
}
