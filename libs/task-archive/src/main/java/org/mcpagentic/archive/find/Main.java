package org.mcpagentic.archive.find;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.find.ArchiveSearch.WritingFailed;

/** Prints archived tasks as JSON lines; what could not be read is told on standard error. */
public final class Main {

    static final int FINE = 0;
    static final int MISUSED = 2;
    static final int DAMAGED = 3;
    static final int UNREACHABLE = 4;

    private static final int BUFFER = 64 * 1024;

    private Main() {}

    public static void main(String[] arguments) {
        // why: nothing here logs, and the logging interface would complain that nobody listens
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            int status = run(arguments, System.getenv(), out, System.err);
            System.err.flush();
            Runtime.getRuntime().halt(status);
        } catch (IOException e) {
            Runtime.getRuntime().halt(UNREACHABLE);
        }
    }

    /**
     * Searches.
     *
     * @param arguments {@code NAME=value} pairs, as {@code make archive-find} has them
     * @return the status that the process ends with: 0 where all was read, 2 where an argument is wrong, 3 where something was
     *     damaged, 4 where the archive cannot be read
     */
    public static int run(String[] arguments, Map<String, String> environment, OutputStream out, PrintStream err) {
        Wanted wanted;
        try {
            wanted = Wanted.of(arguments, environment);
        } catch (IllegalArgumentException e) {
            err.println("archive-find: " + e.getMessage());
            err.println("usage: " + Wanted.USAGE);
            return MISUSED;
        }
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        try {
            boolean intact = new ArchiveSearch(
                            wanted.storage(),
                            wanted.query(),
                            buffered,
                            complaint -> err.println("archive-find: " + complaint))
                    .run();
            buffered.flush();
            return intact ? FINE : DAMAGED;
        } catch (ArchiveException e) {
            err.println("archive-find: " + e.getMessage());
            return UNREACHABLE;
        } catch (WritingFailed e) {
            return notTaken(e.reason(), err);
        } catch (IOException e) {
            return notTaken(e, err);
        }
    }

    private static int notTaken(IOException e, PrintStream err) {
        if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
            // why no complaint: `| head` has seen enough
            return FINE;
        }
        err.println("archive-find: what was found cannot be written: " + e.getMessage());
        return UNREACHABLE;
    }
}
