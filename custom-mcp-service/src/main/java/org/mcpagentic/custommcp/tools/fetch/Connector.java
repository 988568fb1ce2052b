package org.mcpagentic.custommcp.tools.fetch;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * Asks servers at addresses that were checked. A name is looked up once, every address it has is checked, and the connection is
 * made to a checked address itself, never to the name again. No connection is used twice, no proxy is asked, no redirect is
 * followed, and no cookie or trace of the caller's is sent. For virtual threads, which may be interrupted.
 */
public final class Connector implements AutoCloseable {

    /** What a response's headers may have together, in bytes. */
    static final int MOST_HEADER_BYTES = 65_536;

    /** How many addresses of a name are tried. */
    private static final int MOST_ADDRESSES = 4;

    private static final int CONNECT_SECONDS = 5;

    private final Resolver resolver;
    private final AddressRules rules;
    private final HttpClient client;

    /**
     * @param rules which addresses are public
     * @param trust whom to trust instead of the JDK's authorities
     */
    public Connector(Vertx vertx, Resolver resolver, AddressRules rules, Optional<TrustOptions> trust) {
        this.resolver = resolver;
        this.rules = rules;
        this.client = vertx.createHttpClient(options(trust));
    }

    private static HttpClientOptions options(Optional<TrustOptions> trust) {
        HttpClientOptions options = new HttpClientOptions()
                // why: a connection that was checked for one URL is used for no other
                .setKeepAlive(false)
                .setPipelining(false)
                // why: the bound is the number of calls; a server that holds its connections must not block others
                .setMaxPoolSize(1_000)
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_SECONDS))
                .setSslHandshakeTimeout(CONNECT_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setVerifyHost(true)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxChunkSize(8_192)
                .setDecompressionSupported(false)
                .setMaxRedirects(0)
                // why: what runs here is nobody's business out there
                .setTracingPolicy(TracingPolicy.IGNORE);
        trust.ifPresent(options::setTrustOptions);
        return options;
    }

    /**
     * A response that has begun.
     *
     * @param header the value of a header by its name in any case; the first where there are several
     * @param body closing it closes the connection
     */
    public record Response(int status, Function<String, Optional<String>> header, InputStream body) {}

    /**
     * Sends a body and waits until the response begins.
     *
     * @param inside whether the server may be one of the operator's own, on a private network or under a private name
     * @throws ToolFailure where the server may not be asked
     * @throws FetchException where the network or the server fails
     */
    public Response post(FetchUrl url, boolean inside, Map<String, String> headers, byte[] body, Deadline deadline)
            throws FetchException, InterruptedException {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST);
        headers.forEach(options::putHeader);
        return send(
                url,
                inside,
                options,
                Optional.of(Buffer.buffer(body)),
                response -> new Response(
                        response.statusCode(),
                        name -> Optional.ofNullable(response.getHeader(name)),
                        BodyStream.of(response, deadline)),
                deadline);
    }

    /**
     * Says beforehand what is known without asking anybody: that an address or a name is not public.
     *
     * @throws ToolFailure where the server may not be asked
     */
    public void refuseUnlessPublic(FetchUrl url) {
        switch (url.host()) {
            case Host.Literal(InetAddress address) -> refuseUnlessPublic(address);
            case Host.Name name -> {
                if (name.isPrivate()) {
                    throw noPublicAddress();
                }
            }
        }
    }

    /** @param answer is given the response on its event loop, before its body has begun */
    <T> T send(
            FetchUrl url,
            boolean inside,
            RequestOptions options,
            Optional<Buffer> body,
            Function<HttpClientResponse, T> answer,
            Deadline deadline)
            throws FetchException, InterruptedException {
        HttpClientRequest request = connected(url, inside, options, deadline);
        boolean answered = false;
        try {
            // why before it is sent: later, the body could have begun
            Future<T> answering = request.response().map(answer);
            Future<Void> sent = body.map(request::end).orElseGet(request::end);
            sent.onFailure(broken -> {});
            T result = await(answering, deadline);
            answered = true;
            return result;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TooLongHttpHeaderException
                    ? new FetchException("the server sends more than " + MOST_HEADER_BYTES + " bytes of headers", e)
                    : new FetchException("the connection broke before the server answered", e);
        } finally {
            if (!answered) {
                request.connection().close();
            }
        }
    }

    private HttpClientRequest connected(FetchUrl url, boolean inside, RequestOptions options, Deadline deadline)
            throws FetchException, InterruptedException {
        FetchException failure = null;
        for (InetAddress address : addresses(url, inside, deadline)) {
            try {
                return connected(url, address, options, deadline);
            } catch (FetchException e) {
                failure = e;
            }
        }
        throw failure == null ? new FetchException("the server has no address") : failure;
    }

    private HttpClientRequest connected(FetchUrl url, InetAddress address, RequestOptions options, Deadline deadline)
            throws FetchException, InterruptedException {
        Future<HttpClientRequest> connecting = client.request(request(url, address, options));
        boolean accepted = false;
        try {
            HttpClientRequest request = await(connecting, deadline);
            if (!isTo(address, url.port(), request.connection().remoteAddress())) {
                throw new FetchException("the connection led elsewhere than it was made to");
            }
            // why: without it, what a server sends wrongly would be logged
            request.connection().exceptionHandler(thrown -> {});
            accepted = true;
            return request;
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            if (!accepted) {
                connecting.onSuccess(request -> request.connection().close());
            }
        }
    }

    private static RequestOptions request(FetchUrl url, InetAddress address, RequestOptions options) {
        return new RequestOptions(options)
                .setServer(SocketAddress.inetSocketAddress(url.port(), NetUtil.toAddressString(address)))
                .setHost(url.host().peer())
                .setPort(url.port())
                .setSsl(url.secure())
                .setURI(url.target())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.HOST, url.hostHeader());
    }

    private static boolean isTo(InetAddress address, int port, SocketAddress remote) {
        byte[] reached = NetUtil.createByteArrayFromIpAddressString(remote.hostAddress());
        return remote.port() == port && Arrays.equals(reached, address.getAddress());
    }

    /** The addresses to connect to, checked. */
    private List<InetAddress> addresses(FetchUrl url, boolean inside, Deadline deadline)
            throws FetchException, InterruptedException {
        return switch (url.host()) {
            case Host.Literal(InetAddress address) -> {
                if (!inside) {
                    refuseUnlessPublic(address);
                }
                yield List.of(address);
            }
            case Host.Name name -> addresses(name, inside, deadline);
        };
    }

    private void refuseUnlessPublic(InetAddress address) {
        if (!rules.isPublic(address)) {
            throw new ToolFailure("this address is not public; only public addresses may be fetched");
        }
    }

    private List<InetAddress> addresses(Host.Name name, boolean inside, Deadline deadline)
            throws FetchException, InterruptedException {
        if (!inside && name.isPrivate()) {
            throw noPublicAddress();
        }
        try {
            // why the dot: a cluster's search list would try the name within the cluster
            List<InetAddress> addresses = resolver.resolve(inside ? name.text() : name.text() + ".", deadline);
            if (!inside && !addresses.stream().allMatch(rules::isPublic)) {
                throw noPublicAddress();
            }
            return addresses.stream().limit(MOST_ADDRESSES).toList();
        } catch (UnknownHostException e) {
            throw noPublicAddress();
        }
    }

    /** Why one answer for all: what names there are inside is nobody's business. */
    private static ToolFailure noPublicAddress() {
        return new ToolFailure("this host has no public address; only public addresses may be fetched");
    }

    private static <T> T await(Future<T> future, Deadline deadline)
            throws ExecutionException, FetchException, InterruptedException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new FetchException("the server did not answer in time", e);
        }
    }

    private static FetchException failure(ExecutionException thrown) {
        boolean secure = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new FetchException(
                        "the server's certificate is not valid for its name, or of no known authority", thrown);
            }
            secure |= cause instanceof SSLException;
        }
        return new FetchException(
                secure
                        ? "no secure connection to the server could be made"
                        : "no connection to the server could be made",
                thrown);
    }

    @Override
    public void close() {
        client.close();
    }
}
