package io.deploytrace.server;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a server's connections, which end with the last connection. Netty's own would stay for two seconds more,
 * in case that someone gives them work. Armeria asks those that accept connections to end in netty's way, whatever they were
 * built with, so they are asked before: once those that serve connections have ended.
 */
final class EventLoops {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final EventLoopGroup workers = group(Flags.numCommonWorkers(), "deploytrace-connections");

    void addTo(ServerBuilder builder) {
        builder.workerGroup(workers, true).bossGroupFactory(this::acceptor);
    }

    /** Runs a task after a time, on one of the threads; not if they end before. */
    void after(Duration delay, Runnable task) {
        var unused = workers.next().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private EventLoopGroup acceptor(String threadName) {
        var acceptor = group(1, threadName);
        var unused = workers.terminationFuture().addListener(ended -> end(acceptor));
        return acceptor;
    }

    private static void end(EventLoopGroup group) {
        var unused = group.shutdownGracefully();
    }

    private static EventLoopGroup group(int threads, String threadName) {
        return EventLoopGroups.builder()
                .numThreads(threads)
                .threadFactory(ThreadFactories.newEventLoopThreadFactory(threadName, false))
                .gracefulShutdown(Duration.ZERO, LONGEST_STOP)
                .build();
    }
}
