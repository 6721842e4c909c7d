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

    /** What its requests are counted by: equal for all requests of one key, and of one job. */
    Object sharer();

    /** The holder of a key; or anyone, who may do all, on a server that asks for none. */
    record Holder(
            @Nullable UUID keyId, Role granted, @Nullable UUID workspaceId) implements Principal {

        /** Anyone, on a server that asks for no credentials. */
        static final Holder ANYONE = new Holder(null, Role.ADMIN, null);

        static Holder of(ApiKey key) {
            return new Holder(key.id(), key.role(), key.workspaceId());
        }

        @Override
        public Optional<Role> role() {
            return Optional.of(granted);
        }

        @Override
        public Sender sender() {
            return new Sender.Controller(workspaceId);
        }

        @Override
        public Object sharer() {
            return keyId == null ? ANYONE : keyId;
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

        @Override
        public Object sharer() {
            return token.job();
        }
    }
}
