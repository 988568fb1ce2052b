package org.mcpagentic.store.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the store behaves. */
@ConfigMapping(prefix = "store")
public interface StoreConfig {

    /** How many shards a new store has, 1 to 1,024; an existing store keeps its number, and another one here fails the start. */
    @WithDefault("1")
    @Min(1)
    @Max(1024)
    int shards();

    /** How long a worker's lease lasts without renewal, 1 s to 60 s. */
    @WithDefault("3s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration lease();

    /** How many workers a task may outlive before it is given up, 1 to 100. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int mostAttempts();

    /** After how long a task that was never run is cancelled, 1 s to 365 days. */
    @WithDefault("7d")
    @DurationMin(seconds = 1)
    @DurationMax(days = 365)
    Duration unrunExpiry();

    /** How long ended tasks are kept, 1 s to 10 years of 365 days. */
    @WithDefault("30d")
    @DurationMin(seconds = 1)
    @DurationMax(days = 3650)
    Duration taskRetention();

    /** How many ended tasks of one tenant are kept, 1 to 10,000,000; the oldest go first. */
    @WithDefault("100000")
    @Min(1)
    @Max(10_000_000)
    long keptTasks();

    /** How long responses to direct questions are kept, 1 min to 365 days. */
    @WithDefault("7d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 365)
    Duration responseRetention();

    /** Percent of Redis' maxmemory above which nothing new is accepted, 10 to 100. */
    @WithDefault("90")
    @Min(10)
    @Max(100)
    int memoryWatermark();

    /** Whether the audit trail is kept: entries for tasks made, cancelled, decided on, and calls that change something. */
    @WithDefault("true")
    boolean audit();

    /** How many bytes one task's journal may hold, 64 KiB to 64 MiB. */
    @WithDefault("8388608")
    @Min(65_536)
    @Max(67_108_864)
    long journalBytes();

    /** How many entries one tenant's memory may hold, 1 to 10,000. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int tenantMemoryEntries();

    /** How many bytes of keys and values one tenant's memory may hold, 64 KiB to 64 MiB. */
    @WithDefault("4194304")
    @Min(65_536)
    @Max(67_108_864)
    long tenantMemoryBytes();

    /** How Redis is reached where its URL begins with {@code rediss}. */
    Redis redis();

    /** How what people and models write is kept in Redis. */
    Encryption encryption();

    /** TLS to Redis; its certificate must be for the host in the URL, always. */
    interface Redis {

        /** PEM file of the only certificate authorities that its certificate may come from; the JDK's without it. */
        Optional<Path> caFile();

        /** PEM file of the certificate by which Redis knows us; needs {@link #keyFile()}. */
        Optional<Path> certificateFile();

        /** PEM file of that certificate's private key. */
        Optional<Path> keyFile();

        /**
         * How Sentinels know us, where the type of the clients is {@code sentinel}: {@code same} as Redis, {@code none}, or {@code
         * USER:PASSWORD}, where the user may be missing.
         */
        @WithDefault("same")
        String sentinelCredentials();
    }

    /** Encryption at rest. */
    interface Encryption {

        /**
         * Keys, each an id of 1 to 32 characters of {@code a-z A-Z 0-9 . _ -}, a colon, and 32 random bytes in base64. All of them
         * open, the first one seals. Without keys, and where the first is the word {@code plain}, nothing is sealed.
         */
        Optional<List<String>> keys();
    }
}
