package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is done in one workspace: two controllers and two jobs write, one of each by gRPC and one by HTTP, two readers ask, and a
 * listener of each server hears of changes. Used by one thread.
 */
final class MixedLoad {

    /** So that all of them leave something of two processors to the servers. */
    private static final long WRITE_PAUSE = Duration.ofMillis(25).toNanos();

    private static final long READ_PAUSE = Duration.ofMillis(50).toNanos();

    private final Random random;
    private final Tenant tenant;
    private final List<String> urls;
    private final Findings findings;
    private final Span first;
    private final List<ControllerWriter> controllers = new ArrayList<>();
    private final List<SendingClient> jobs = new ArrayList<>();
    private final List<RestReader> readers = new ArrayList<>();
    private final List<ChangesListener> listeners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> listening = new ArrayList<>();

    MixedLoad(long seed, Tenant tenant, List<String> urls, Findings findings) {
        this.random = new Random(seed);
        this.tenant = tenant;
        this.urls = urls;
        this.findings = findings;
        this.first = ControllerUnits.first(tenant, random.nextLong());
    }

    /** Begins to listen, and stores a first trace. */
    void prepare(Tenant other) {
        for (var server = 0; server < urls.size(); server++) {
            var listener = new ChangesListener(urls, tenant, other, findings, server);
            listeners.add(listener);
            listening.add(findings.thread(tenant.name() + "-listener-" + server, listener));
        }
        listening.forEach(Thread::start);
        Await.until(() -> listeners.stream().allMatch(ChangesListener::isListening));
        var trace = GrowingTrace.whole(List.of(first));
        var unit = new ControllerUnit(List.of(trace), null, true);
        var controller = new ControllerWriter(0, tenant, null, sender(0), findings, WRITE_PAUSE);
        controller.write(unit, 1);
        controllers.add(controller);
    }

    /** Begins to write and to read; the other workspace must have its first trace. */
    void start(MixedLoad other) {
        for (var number = 0; number < urls.size(); number++) {
            var units = new ControllerUnits(random.nextLong(), tenant, other.tenant, other.first);
            var controller =
                    new ControllerWriter(random.nextLong(), tenant, units, sender(number), findings, WRITE_PAUSE);
            controllers.add(controller);
            threads.add(findings.thread(tenant.name() + "-controller-" + number, controller));
            var job = new SendingClient(random.nextLong(), number == 0, urls, tenant.token(), WRITE_PAUSE);
            jobs.add(job);
            threads.add(job);
            var client = new RestClient(urls, tenant, other.tenant, findings, number);
            var reader = new RestReader(random.nextLong(), tenant, other.tenant, client, findings, READ_PAUSE);
            readers.add(reader);
            threads.add(findings.thread(tenant.name() + "-reader-" + number, reader));
        }
        threads.forEach(Thread::start);
    }

    /** Of the first server by gRPC, of the second by HTTP. */
    private BalancedSender sender(int number) {
        return new BalancedSender(number == 0, urls, tenant.writeKey(), number);
    }

    /** Ends writing and reading; those who listen go on. */
    void finish() throws InterruptedException {
        controllers.forEach(ControllerWriter::stop);
        readers.forEach(RestReader::stop);
        for (var job : jobs) {
            job.finish();
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    /** Waits until those who listen know all these traces in these revisions, or in later ones. */
    void awaitEvents(Map<String, Long> revisions) {
        try {
            Await.until(() -> listeners.stream()
                    .allMatch(listener -> listener.unheard(revisions).isEmpty()));
        } catch (AssertionError late) {
            listeners.forEach(listener -> findings.require(
                    listener.unheard(revisions).isEmpty(),
                    "Never heard: " + listener.unheard(revisions) + " by " + listener));
        }
    }

    void stopListening() {
        listeners.forEach(ChangesListener::stop);
    }

    Tenant tenant() {
        return tenant;
    }

    List<ControllerUnit> units() {
        return controllers.stream()
                .flatMap(controller -> controller.units().stream())
                .toList();
    }

    List<SendingClient> jobs() {
        return jobs;
    }

    List<ChangesListener> listeners() {
        return listeners;
    }
}
