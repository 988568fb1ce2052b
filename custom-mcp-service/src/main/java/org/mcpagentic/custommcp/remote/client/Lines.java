package org.mcpagentic.custommcp.remote.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;

/** Reads lines that end with CR, LF or both, up to a bound on them all, their ends among them. */
final class Lines {

    private final InputStream stream;
    private final int most;
    private int left;
    private boolean afterReturn;

    /** @param most bytes until {@link #begin} */
    Lines(InputStream stream, int most) {
        this.stream = stream;
        this.most = most;
        this.left = most;
    }

    /** Counts anew. */
    void begin() {
        left = most;
    }

    /**
     * The next line without its end; nothing at the end of the stream, where what has no end is dropped.
     *
     * @throws RemoteException where there is more than the bound
     */
    Optional<byte[]> next() throws IOException, RemoteException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int read = stream.read();
            if (read < 0) {
                return Optional.empty();
            }
            left--;
            if (left < 0) {
                throw new RemoteException(Kind.UNUSABLE, "the server sends more than " + most + " bytes");
            }
            boolean secondHalf = afterReturn && read == '\n';
            afterReturn = read == '\r';
            if (secondHalf) {
                continue;
            }
            if (read == '\n' || read == '\r') {
                return Optional.of(line.toByteArray());
            }
            line.write(read);
        }
    }
}
