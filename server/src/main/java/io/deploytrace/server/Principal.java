package io.deploytrace.server;

import io.deploytrace.recorder.JobToken;
import io.deploytrace.server.ingest.Sender;
import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who makes a request, as it was proven. */
sealed interface Principal {

    /** The role; empty for a job, which may do one thing only. */
    Optional<Role> role();

    /** How its spans are taken. */
    Sender sender();

    /** The holder of a key; or anyone, who may do all, on a server that asks for none. */
    record Holder(Role granted, @Nullable UUID workspaceId) implements Principal {

        /** Anyone, on a server that asks for no credentials. */
        static final Holder ANYONE = new Holder(Role.ADMIN, null);

        static Holder of(ApiKey key) {
            return new Holder(key.role(), key.workspaceId());
        }

        @Override
        public Optional<Role> role() {
            return Optional.of(granted);
        }

        @Override
        public Sender sender() {
            return new Sender.Controller(workspaceId);
        }
    }

    /** A job, by its token. */
    record Job(JobToken token) implements Principal {

        @Override
        public Optional<Role> role() {
            return Optional.empty();
        }

        @Override
        public Sender sender() {
            return new Sender.Job(token);
        }
    }
}
