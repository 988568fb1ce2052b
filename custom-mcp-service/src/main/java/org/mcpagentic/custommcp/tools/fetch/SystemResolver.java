package org.mcpagentic.custommcp.tools.fetch;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the system. */
@ApplicationScoped
class SystemResolver implements Resolver {

    private static final int THREADS = 16;
    private static final int WAITING = 256;

    // why: the system's look-up cannot be interrupted and holds its carrier, so it is kept off virtual threads
    private final ExecutorService lookups;

    SystemResolver() {
        ThreadPoolExecutor bounded = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("fetch-lookup-", 0).factory());
        bounded.allowCoreThreadTimeOut(true);
        this.lookups = bounded;
    }

    @Override
    public List<InetAddress> resolve(String name, Deadline deadline)
            throws UnknownHostException, FetchException, InterruptedException {
        Future<List<InetAddress>> lookup = null;
        try {
            lookup = lookups.submit(() -> List.of(InetAddress.getAllByName(name)));
            return lookup.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new FetchException("looking up the server's name took too long", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("a look-up broke", e.getCause());
        } finally {
            if (lookup != null) {
                lookup.cancel(true);
            }
        }
    }

    @PreDestroy
    void stop() {
        lookups.shutdownNow();
    }
}
