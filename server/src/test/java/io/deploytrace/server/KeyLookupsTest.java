package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which requests share a look-up of their keys. What runs, runs when the test lets it. */
class KeyLookupsTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final LookedUpKeys keys = new LookedUpKeys();
    private final KeyLookups lookups = new KeyLookups(keys, threads::add, nanos::get);

    private String create() {
        return keys.create(Role.WRITE, null, null, null, soon()).secret();
    }

    private CompletableFuture<Optional<ApiKey>> find(String key) {
        return lookups.find(key, soon());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void find_ofOneRequest_findsItsKeyOrNone() {
        var good = find(create());
        runAll();
        var unknown = find("unknown");
        runAll();

        assertThat(good.join()).isPresent();
        assertThat(unknown.join()).isEmpty();
    }

    @Test
    void find_ofRequestsThatWaitTogether_isOneLookup() {
        var key = create();
        var first = List.of(find(key), find(key), find("unknown"), find(create()));
        runAll();

        assertThat(first).extracting(answer -> answer.join().isPresent()).containsExactly(true, true, false, true);
        assertThat(keys.asked).hasSize(1);
        assertThat(keys.asked.get(0)).hasSize(3);
    }

    @Test
    void find_whileALookupRuns_isAnsweredByTheNext() {
        var key = create();
        var answers = new ArrayList<CompletableFuture<Optional<ApiKey>>>();
        keys.afterLooking = () -> {
            answers.add(find(key));
            answers.add(find(key));
            keys.revoke(keys.list(null, soon()).get(0).prefix(), soon());
        };
        var first = find(key);
        runAll();

        assertThat(first.join()).as("it came before the key was revoked").isPresent();
        assertThat(answers)
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer.join())
                        .as("it came after the first look-up began")
                        .isEmpty());
        assertThat(keys.asked).hasSize(2);
    }

    @Test
    void find_whileALookupTakesLong_beginsAnotherBesideIt() {
        var key = create();
        var answers = new ArrayList<CompletableFuture<Optional<ApiKey>>>();
        keys.afterLooking = () -> {
            answers.add(find(key));
            assertThat(threads).as("it waits for the one that runs").isEmpty();
            nanos.addAndGet(KeyLookups.LONG_NANOS + 1);
            answers.add(find(key));
            runAll();
            assertThat(answers).as("the first has not ended yet").allMatch(CompletableFuture::isDone);
        };
        var first = find(key);
        runAll();

        assertThat(first.join()).isPresent();
        assertThat(keys.asked).hasSize(2);
    }

    @Test
    void find_onceTheOneBesideALongLookupEnded_isAnsweredAtOnce() {
        var key = create();
        var answers = new ArrayList<CompletableFuture<Optional<ApiKey>>>();
        keys.afterLooking = () -> {
            nanos.addAndGet(KeyLookups.LONG_NANOS + 1);
            answers.add(find(key));
            runAll();
            answers.add(find(key));
            runAll();
            assertThat(answers).as("the first has not ended yet").allMatch(CompletableFuture::isDone);
        };
        var first = find(key);
        runAll();

        assertThat(first.join()).isPresent();
        assertThat(keys.asked).hasSize(3);
    }

    @Test
    void find_noThreadRunsTheLookup_failsAndLeavesLaterOnesAlone() {
        var refused = new RejectedExecutionException("full");
        var isFull = new AtomicBoolean(true);
        var refusing = new KeyLookups(
                keys,
                lookup -> {
                    if (isFull.get()) {
                        throw refused;
                    }
                    lookup.run();
                },
                nanos::get);
        var key = create();

        for (var number = 0; number <= KeyLookups.MOST_AT_ONCE; number++) {
            assertThatThrownBy(refusing.find(key, soon())::join).hasCause(refused);
        }
        isFull.set(false);
        assertThat(refusing.find(key, soon()).join()).isPresent();
    }

    @Test
    void find_whileAllTakeLong_beginsNoMoreThanTheMost() {
        var last = new ArrayList<CompletableFuture<Optional<ApiKey>>>();
        keys.afterLooking = () -> nestedFind(last);
        var first = find("unknown");
        runAll();

        assertThat(keys.mostAtOnce).isEqualTo(KeyLookups.MOST_AT_ONCE);
        assertThat(first.join()).isEmpty();
        assertThat(last)
                .hasSize(KeyLookups.MOST_AT_ONCE)
                .allSatisfy(answer -> assertThat(answer.join()).isEmpty());
    }

    private void nestedFind(List<CompletableFuture<Optional<ApiKey>>> answers) {
        nanos.addAndGet(KeyLookups.LONG_NANOS + 1);
        keys.afterLooking = answers.size() + 1 < KeyLookups.MOST_AT_ONCE ? () -> nestedFind(answers) : () -> {};
        answers.add(find("unknown"));
        runAll();
    }

    @Test
    void find_ofMoreThanTheMostKeys_asksForThemInTurn() {
        var answers = new ArrayList<CompletableFuture<Optional<ApiKey>>>();
        for (var number = 0; number < 2 * KeyLookups.MOST_KEYS + 1; number++) {
            answers.add(find("unknown " + number));
        }
        runAll();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEmpty());
        assertThat(keys.asked).extracting(Set::size).containsExactly(KeyLookups.MOST_KEYS, KeyLookups.MOST_KEYS, 1);
    }

    @Test
    void find_storeFails_failsThoseThatSharedAndNoLaterOnes() {
        var key = create();
        var failure = new SpanStoreException(Reason.UNAVAILABLE, "The database is away.");
        keys.afterLooking = () -> {
            throw failure;
        };
        var failed = List.of(find(key), find(key));
        runAll();
        var later = find(key);
        runAll();

        assertThat(failed)
                .allSatisfy(answer -> assertThatThrownBy(answer::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCause(failure));
        assertThat(later.join()).isPresent();
    }

    @Test
    void find_ofRequestsWithLessTime_leavesTheLookupTheTimeOfTheOthers() {
        var key = create();
        var hurried = lookups.find(key, Deadline.after(Duration.ZERO));
        var other = lookups.find(key, soon());
        runAll();

        assertThat(other.join()).isPresent();
        assertThat(hurried).isCompleted();
        assertThat(keys.deadlines)
                .singleElement()
                .satisfies(deadline -> assertThat(deadline.hasPassed()).isFalse());
    }
}
