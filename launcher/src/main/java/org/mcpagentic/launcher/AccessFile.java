package org.mcpagentic.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;
import org.mcpagentic.access.token.Token;

/**
 * What {@code make run} lets people in by: the access secret and the first key's id, kept in a file that only their owner can read. The
 * first key itself is in it only until the services have it, and is shown once.
 */
final class AccessFile {
    private static final String SECRET = "secret";
    private static final String KEY_ID = "first-key-id";
    private static final String PENDING = "first-key-pending";
    private static final String FIRST_TENANT = "default";

    private final Path file;
    private final Properties known;
    private final Map<String, String> environment;
    private final int shard;

    private AccessFile(Path file, Properties known, Map<String, String> environment, int shard) {
        this.file = file;
        this.known = known;
        this.environment = environment;
        this.shard = shard;
    }

    /**
     * Opens the file in a folder, or makes it.
     *
     * @param environment where ACCESS_SECRET or ACCESS_FIRST_KEY is set, that counts
     */
    static AccessFile open(Path folder, Map<String, String> environment) {
        AccessFile access = new AccessFile(
                folder.resolve("access"),
                new Properties(),
                environment,
                shard(environment.getOrDefault("STORE_SHARDS", "")));
        try {
            Files.createDirectories(folder);
            if (Files.exists(access.file)) {
                try (InputStream stream = Files.newInputStream(access.file)) {
                    access.known.load(stream);
                }
            }
            access.complete();
            return access;
        } catch (IOException e) {
            throw new UncheckedIOException("the access file " + access.file + " cannot be used", e);
        }
    }

    private static int shard(String shards) {
        int count = shards.matches("[0-9]{1,4}") ? Math.max(1, Integer.parseInt(shards)) : 1;
        CRC32 hash = new CRC32();
        hash.update(FIRST_TENANT.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % count);
    }

    private void complete() throws IOException {
        boolean fresh = false;
        if (!known.containsKey(SECRET)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            known.setProperty(SECRET, Base64.getEncoder().encodeToString(bytes));
            fresh = true;
        }
        Optional<Token> given = token(environment.getOrDefault("ACCESS_FIRST_KEY", ""));
        if (given.isPresent()) {
            known.setProperty(KEY_ID, id(given.get()));
            known.remove(PENDING);
            fresh = true;
        } else if (!known.containsKey(KEY_ID)) {
            Token first = Token.random(Token.Kind.KEY, shard);
            known.setProperty(KEY_ID, id(first));
            known.setProperty(PENDING, first.text());
            fresh = true;
        }
        if (fresh) {
            save();
        }
    }

    private static Optional<Token> token(String text) {
        return Token.parse(text.strip());
    }

    private static String id(Token key) {
        return "k" + Integer.toString(key.shard(), 36) + "-" + key.id();
    }

    private void save() throws IOException {
        Path fresh = file.resolveSibling("access.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream stream = Files.newOutputStream(fresh)) {
            known.store(stream, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What the services need of it.
     *
     * @param link signs in once, as the first key
     */
    Map<String, String> forServices(Token link) {
        Map<String, String> all = new HashMap<>();
        all.put("ACCESS_SECRET", environment.getOrDefault("ACCESS_SECRET", known.getProperty(SECRET)));
        all.put("DASHBOARD_SIGN_IN_LINK", link.text());
        all.put("DASHBOARD_SIGN_IN_LINK_KEY", known.getProperty(KEY_ID));
        Optional.ofNullable(known.getProperty(PENDING)).ifPresent(key -> all.put("ACCESS_FIRST_KEY", key));
        return all;
    }

    /** A link for the page that signs in once. */
    Token newLink() {
        return Token.random(Token.Kind.LINK, shard);
    }

    /** The first key, which was made by this start or one that was broken off; it is forgotten, and shown never again. */
    Optional<String> takeFirstKey() {
        Optional<String> key = Optional.ofNullable((String) known.remove(PENDING));
        if (key.isPresent()) {
            try {
                save();
            } catch (IOException e) {
                throw new UncheckedIOException("the access file " + file + " cannot be written", e);
            }
        }
        return key;
    }
}
