package org.mcpagentic.access.audit.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code verify} says whether the trail is as it was sealed, {@code export} prints it. */
public final class Main {

    static final int FINE = 0;
    static final int BROKEN = 1;
    static final int UNUSABLE = 2;

    /** Held strongly, or its level is forgotten. */
    private static final Logger LOG = Logger.getLogger("");

    private Main() {}

    public static void main(String[] arguments) {
        LOG.setLevel(Level.SEVERE);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        int status = run(arguments, System.getenv(), out, System.err);
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    /**
     * Runs a command.
     *
     * @param arguments its name and {@code NAME=value} pairs, as the Makefile has them
     * @param environment has REDIS_URL and ACCESS_SECRET
     * @return the status that the process ends with: 0 verified or printed, 1 broken, 2 where it could not be found out
     */
    public static int run(String[] arguments, Map<String, String> environment, OutputStream out, PrintStream err) {
        List<String> words = List.of(arguments);
        String command = words.isEmpty() ? "" : words.getFirst();
        try (PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8)) {
            Given given = Given.of(words.stream().skip(1).toList(), environment);
            return switch (command) {
                case "verify" -> new VerifyCommand(given, lines).run();
                case "export" -> new ExportCommand(given, lines).run();
                default ->
                    throw new IllegalArgumentException(
                            "name one of verify [ANCHOR=shard:number:mac], " + "export [TENANT=] [SINCE=] [UNTIL=]");
            };
        } catch (IllegalArgumentException | org.mcpagentic.store.StoreException e) {
            err.println("audit: " + e.getMessage());
            return UNUSABLE;
        }
    }
}
