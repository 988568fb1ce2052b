package org.mcpagentic.custommcp.remote.client;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.tools.fetch.AddressRules;
import org.mcpagentic.custommcp.tools.fetch.Connector;
import org.mcpagentic.custommcp.tools.fetch.FetchUrl;
import org.mcpagentic.custommcp.tools.fetch.Resolver;

/** Makes clients, which all hold the same rules about where they may lead. */
public final class RemoteClients implements AutoCloseable {

    private final Connector connector;
    private final int mostBytes;
    private final String version;

    /**
     * @param rules which addresses are public
     * @param mostBytes of one response
     * @param version of ours, as servers are told
     */
    public RemoteClients(Vertx vertx, Resolver resolver, AddressRules rules, int mostBytes, String version) {
        this.connector = new Connector(vertx, resolver, rules, Optional.empty());
        this.mostBytes = mostBytes;
        this.version = version;
    }

    /**
     * A client over HTTP.
     *
     * @param inside whether the server may be one of the operator's own, on a private network
     * @param token what the server knows us by
     * @throws ToolFailure where the URL is none
     */
    public RemoteClient http(String url, boolean inside, Optional<String> token) {
        HttpChannel.Endpoint endpoint = new HttpChannel.Endpoint(FetchUrl.of(url), inside, token);
        return new RemoteClient(
                new HttpChannel(connector, endpoint, mostBytes, "mcp-agentic-ai-server/" + version), version);
    }

    /** A client of a program that is started when it is first asked. */
    public RemoteClient process(List<String> command) {
        return new RemoteClient(new ProcessChannel(command, mostBytes), version);
    }

    /**
     * Refuses what is known beforehand not to be public.
     *
     * @throws ToolFailure where the URL is none, or not of a public server
     */
    public void refuseUnlessPublic(String url) {
        connector.refuseUnlessPublic(FetchUrl.of(url));
    }

    @Override
    public void close() {
        connector.close();
    }
}
