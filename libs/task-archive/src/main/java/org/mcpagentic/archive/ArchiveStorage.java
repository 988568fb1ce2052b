package org.mcpagentic.archive;

import java.io.InputStream;
import java.util.List;

/**
 * Where an archive lies: named content in folders, written once and never changed. Paths have {@code /} between their parts and
 * none in front. Every operation blocks, and fails with {@link ArchiveException}.
 */
public interface ArchiveStorage {

    /** Where it is, for people: a path or a URL, without credentials. */
    String place();

    /** Fails where nothing could be written now; leaves no part of an archive behind. */
    void check();

    /** Writes something new. Once it returns the content survives a power failure; before that nobody sees any of it. */
    void put(String path, byte[] content);

    /**
     * Names of the folders directly in one, in order.
     *
     * @param path empty for the outermost; a folder that there is not is empty
     */
    List<String> folders(String path);

    /** Names of the files directly in a folder, in order; a folder that there is not is empty. */
    List<String> files(String path);

    /** Reads a file from its beginning; the stream's own failures are {@code IOException}s. */
    InputStream open(String path);
}
