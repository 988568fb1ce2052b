package org.mcpagentic.custommcp.tools.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. It is asked once for each connection, and what it says is what is connected to. */
public interface Resolver {

    /**
     * Waits for the answer.
     *
     * @param name with a dot at its end where no search list may be tried on it
     * @return at least one address
     * @throws UnknownHostException where there is none
     * @throws FetchException where it takes too long
     */
    List<InetAddress> resolve(String name, Deadline deadline)
            throws UnknownHostException, FetchException, InterruptedException;
}
