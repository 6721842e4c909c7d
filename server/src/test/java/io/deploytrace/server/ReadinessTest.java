package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void now_storeDoesNotAnswer_isNoAndAsksItOnce() throws Exception {
        var answer = new CompletableFuture<Boolean>();
        var executor = Executors.newCachedThreadPool();
        try {
            var readiness = new Readiness(
                    () -> {
                        asked.incrementAndGet();
                        return answer.join();
                    },
                    executor);

            var first = readiness.now();
            var second = readiness.now();

            assertThat(first.get(60, TimeUnit.SECONDS)).isFalse();
            assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
            var late = readiness.now();
            answer.complete(true);
            assertThat(late.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(asked).hasValue(1);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void now_afterAnAnswer_asksAgain() {
        var readiness = new Readiness(() -> asked.incrementAndGet() > 1, Runnable::run);

        assertThat(readiness.now().join()).isFalse();
        assertThat(readiness.now().join()).isTrue();
    }
}
