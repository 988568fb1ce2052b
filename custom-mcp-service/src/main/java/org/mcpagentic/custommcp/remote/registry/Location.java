package org.mcpagentic.custommcp.remote.registry;

import java.util.List;

/** Where a server is asked. */
public sealed interface Location {

    /**
     * Over Streamable HTTP.
     *
     * @param inside whether the operator allows it to be on a private network
     */
    record Http(String url, boolean inside) implements Location {}

    /**
     * A program that is started here, for development.
     *
     * @param command the program and its arguments
     */
    record Program(List<String> command) implements Location {

        public Program {
            command = List.copyOf(command);
        }
    }
}
