package org.mcpagentic.custommcp.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.TaskArchive;
import org.mcpagentic.archive.folder.FolderStorage;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskStore;

/**
 * This replica's janitor, from start to stop. Every replica has one, also one that runs no tasks: which of them removes a task is the
 * same, and two at once do no harm.
 */
@ApplicationScoped
class JanitorBean {

    private static final Logger LOG = Logger.getLogger(JanitorBean.class);
    private static final double SPREAD = 0.2;

    private final RetentionConfig config;
    private final Optional<ArchiveStorage> storage;
    private final Janitor janitor;
    private final RandomGenerator random;
    private final Executor workers = Infrastructure.getDefaultExecutor();
    private Optional<Cancellable> walking = Optional.empty();

    JanitorBean(
            TaskStore tasks,
            TaskRetention retention,
            RetentionConfig config,
            ArchiveConfig archive,
            RetentionMetrics metrics) {
        this.config = config;
        this.random = new java.security.SecureRandom();
        this.storage = ConfiguredArchive.of(archive);
        Removal removal = storage.<Removal>map(place -> new ArchivingRemoval(
                        tasks, retention, new TaskArchive(place, InstantSource.system(), random), workers, metrics))
                .orElseGet(() -> new PlainRemoval(retention, metrics));
        this.janitor = new Janitor(retention, removal, metrics);
    }

    void start(@Observes StartupEvent event) {
        storage.ifPresent(this::check);
        walking = Optional.of(pause(random.nextDouble())
                .chain(() -> Multi.createBy()
                        .repeating()
                        .uni(() -> janitor.walk().call(() -> pause(1 - SPREAD + 2 * SPREAD * random.nextDouble())))
                        .indefinitely()
                        .collect()
                        .last())
                .subscribe()
                .with(never -> {}));
    }

    void stop(@Observes ShutdownEvent event) {
        walking.ifPresent(Cancellable::cancel);
    }

    private Uni<Void> pause(double periods) {
        Duration time = Duration.ofNanos((long) (config.period().toNanos() * periods) + 1);
        return Uni.createFrom().voidItem().onItem().delayIt().by(time);
    }

    /**
     * Says at start whether the archive can be used. A folder that cannot stops the start, as it is not mounted or belongs to another
     * user; storage that is away may come back.
     */
    private void check(ArchiveStorage place) {
        LOG.infof("ended tasks are archived place=%s", place.place());
        if (place instanceof FolderStorage) {
            try {
                place.check();
            } catch (ArchiveException e) {
                throw new IllegalStateException("archive.folder: " + e.getMessage(), e);
            }
        } else {
            workers.execute(() -> {
                try {
                    place.check();
                } catch (ArchiveException e) {
                    LOG.error(e.getMessage());
                }
            });
        }
    }
}
