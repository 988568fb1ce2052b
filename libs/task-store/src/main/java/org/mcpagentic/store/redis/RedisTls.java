package org.mcpagentic.store.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS to Redis, the same for all of its clients. A certificate of another host is refused, which Quarkus' own settings leave
 * off unless each client is told.
 */
@Singleton
final class RedisTls implements RedisOptionsCustomizer {

    private final StoreConfig.Redis config;

    RedisTls(StoreConfig config) {
        this.config = config.redis();
    }

    /** @throws ConfigurationException where files are named that cannot be used */
    @Override
    public void customize(String client, RedisOptions options) {
        NetClientOptions net = options.getNetClientOptions();
        net.setHostnameVerificationAlgorithm("HTTPS");
        file("ca-file", config.caFile(), options)
                .ifPresent(file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        Optional<String> certificate = file("certificate-file", config.certificateFile(), options);
        Optional<String> key = file("key-file", config.keyFile(), options);
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigurationException("store.redis.certificate-file and store.redis.key-file go together");
        }
        certificate.ifPresent(file ->
                net.setKeyCertOptions(new PemKeyCertOptions().addCertPath(file).addKeyPath(key.orElseThrow())));
    }

    private static Optional<String> file(String setting, Optional<Path> file, RedisOptions options) {
        file.ifPresent(path -> {
            if (!Files.isReadable(path)) {
                throw new ConfigurationException("store.redis." + setting + " cannot be read: " + path);
            }
            // why: who names it wants TLS, and would not see that there is none
            if (!options.getEndpoints().stream().allMatch(url -> url.startsWith("rediss:"))) {
                throw new ConfigurationException(
                        "store.redis." + setting + " is set, but the URL of Redis does not begin with rediss");
            }
        });
        return file.map(Path::toString);
    }
}
