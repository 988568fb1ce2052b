package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;
import org.mcpagentic.custommcp.tools.fetch.Connector;
import org.mcpagentic.custommcp.tools.fetch.Connector.Response;
import org.mcpagentic.custommcp.tools.fetch.Deadline;
import org.mcpagentic.custommcp.tools.fetch.FetchException;
import org.mcpagentic.custommcp.tools.fetch.FetchUrl;

/**
 * Streamable HTTP: each message is a POST of its own, on a connection of its own, answered by one JSON object or a stream of
 * events. Redirects are not followed.
 */
final class HttpChannel implements Channel {

    private static final int MOST_LINE_BYTES_OF_REFUSAL = 16_384;

    /** Each costs a request of ours: what a server asks for beyond that stays without an answer. */
    private static final int MOST_DECLINED = 16;

    private final Connector connector;
    private final Endpoint endpoint;
    private final int mostBytes;
    private final String userAgent;

    /** @param mostBytes of one response, with all that comes before it on its stream */
    HttpChannel(Connector connector, Endpoint endpoint, int mostBytes, String userAgent) {
        this.connector = connector;
        this.endpoint = endpoint;
        this.mostBytes = mostBytes;
        this.userAgent = userAgent;
    }

    @Override
    public boolean isHttp() {
        return true;
    }

    @Override
    public Reply ask(long id, ObjectNode request, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException {
        Response response = post(request, headers, deadline);
        try (InputStream body = new BufferedInputStream(response.body())) {
            Optional<String> session = response.header().apply("Mcp-Session-Id").filter(HttpChannel::isSession);
            if (response.status() < 200 || response.status() >= 300) {
                return new Reply(response.status(), refusal(body), session);
            }
            refuseEncoded(response);
            String type = mediaType(response);
            return new Reply(
                    response.status(),
                    Optional.of(
                            switch (type) {
                                case "application/json" -> answer(id, whole(body, mostBytes));
                                case "text/event-stream" -> fromEvents(id, body, headers, deadline);
                                default ->
                                    throw new RemoteException(
                                            Kind.UNUSABLE, "the server answers with neither JSON nor events");
                            }),
                    session);
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        } catch (FetchException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw new RemoteException(Kind.UNREACHABLE, "the connection to the server broke");
        }
    }

    @Override
    public void tell(ObjectNode notification, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException {
        Response response = post(notification, headers, deadline);
        try {
            response.body().close();
        } catch (IOException e) {
            // why nothing: nothing of it was wanted
        }
    }

    private Response post(ObjectNode message, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException {
        // why here too: what the operator trusts may have become less since the server was added
        if (endpoint.token().isPresent() && !endpoint.url().secure() && !endpoint.inside()) {
            throw new RemoteException(Kind.FORBIDDEN, "a token is sent over https only");
        }
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("Accept", "application/json, text/event-stream");
        all.put("Accept-Encoding", "identity");
        all.put("User-Agent", userAgent);
        endpoint.token().ifPresent(token -> all.put("Authorization", "Bearer " + token));
        try {
            Response response =
                    connector.post(endpoint.url(), endpoint.inside(), all, Message.bytes(message), deadline);
            if (response.status() >= 300 && response.status() < 400) {
                response.body().close();
                throw new RemoteException(Kind.FORBIDDEN, "the server redirects, which is not followed");
            }
            return response;
        } catch (ToolFailure forbidden) {
            throw new RemoteException(Kind.FORBIDDEN, String.valueOf(forbidden.getMessage()));
        } catch (FetchException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw new RemoteException(Kind.UNREACHABLE, "the connection to the server broke");
        }
    }

    private static RemoteException unreachable(FetchException e) {
        return new RemoteException(Kind.UNREACHABLE, String.valueOf(e.getMessage()));
    }

    private static boolean isSession(String header) {
        return header.matches("[!-~]{1,256}");
    }

    private static String mediaType(Response response) {
        return response.header()
                .apply("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static void refuseEncoded(Response response) throws RemoteException {
        if (response.header()
                .apply("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw new RemoteException(Kind.UNUSABLE, "the server compresses what it was asked not to compress");
        }
    }

    /** What a server says beside a status that is none of success, where that is a JSON object. */
    private static Optional<JsonNode> refusal(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_LINE_BYTES_OF_REFUSAL);
        try {
            return Optional.of(Message.read(bytes));
        } catch (RemoteException noMessage) {
            return Optional.empty();
        }
    }

    private byte[] whole(InputStream body, int most) throws IOException, RemoteException {
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLarge();
        }
        return bytes;
    }

    private RemoteException tooLarge() {
        return new RemoteException(Kind.UNUSABLE, "the server sends more than " + mostBytes + " bytes");
    }

    private static JsonNode answer(long id, byte[] bytes) throws RemoteException {
        JsonNode message = Message.read(bytes);
        if (!Message.isResponseTo(id, message)) {
            throw new RemoteException(Kind.UNUSABLE, "the server answers something else than it was asked");
        }
        return message;
    }

    /**
     * The response among the events. What the server tells meanwhile is passed over, what it asks for is declined.
     *
     * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
     */
    private JsonNode fromEvents(long id, InputStream body, Map<String, String> headers, Deadline deadline)
            throws IOException, RemoteException, InterruptedException {
        Lines lines = new Lines(body, mostBytes);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int declined = 0;
        while (true) {
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                throw new RemoteException(Kind.UNREACHABLE, "the server's stream ended without an answer");
            }
            byte[] text = line.get();
            if (text.length == 0 && data.size() > 0) {
                JsonNode message = Message.read(data.toByteArray());
                data.reset();
                if (Message.isResponseTo(id, message)) {
                    return message;
                }
                if (declined < MOST_DECLINED && Message.isRequest(message)) {
                    declined++;
                    tell(Message.declined(message), sessionOf(headers), deadline);
                }
            } else if (startsWithData(text)) {
                int from = text.length > 5 && text[5] == ' ' ? 6 : 5;
                if (data.size() > 0) {
                    data.write('\n');
                }
                data.write(text, from, text.length - from);
            }
        }
    }

    /** Of the request's headers, those that every message of the session has. */
    private static Map<String, String> sessionOf(Map<String, String> headers) {
        Map<String, String> kept = new HashMap<>(headers);
        kept.keySet().removeIf(name -> !name.equals("MCP-Protocol-Version") && !name.equals("Mcp-Session-Id"));
        return kept;
    }

    private static boolean startsWithData(byte[] line) {
        return line.length >= 5
                && line[0] == 'd'
                && line[1] == 'a'
                && line[2] == 't'
                && line[3] == 'a'
                && line[4] == ':';
    }

    @Override
    public void close() {
        // why nothing: no connection outlives its message
    }

    /**
     * Where a server is asked.
     *
     * @param inside whether it may be one of the operator's own, on a private network
     * @param token what it knows us by
     */
    record Endpoint(FetchUrl url, boolean inside, Optional<String> token) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Endpoint[" + url + "]";
        }
    }
}
