package org.mcpagentic.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server's key for localhost, which nobody signed; the JDK makes it. */
public final class OwnKey {

    /** Of the key store. */
    public static final String PASSWORD = "of-the-tests";

    private static final List<String> OPTIONS =
            List.of("-genkeypair", "-alias", "edge", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12");

    private OwnKey() {}

    /** A new key store (PKCS12). */
    public static Path store() {
        try {
            Path store = Files.createTempDirectory("tls-of-tests-").resolve("keys.p12");
            ProcessBuilder keytool = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            keytool.command().addAll(OPTIONS);
            keytool.command().addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
            Process process = keytool.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
