package org.mcpagentic.custommcp.tools.fetch;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.NetUtil;
import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * Asks servers on the public network for what a URL names. A name is looked up once, every address it has is checked, and
 * the connection is made to a checked address itself, never to the name again; so for each redirect. No connection is used
 * twice, no proxy is asked, and no cookie, credential or trace of the caller's is sent.
 */
@ApplicationScoped
@Startup
public class Fetcher {

    /** How many addresses of a name are tried. */
    private static final int MOST_ADDRESSES = 4;

    private static final int CONNECT_SECONDS = 5;

    /** What a response's headers may have together, in bytes. */
    private static final int MOST_HEADER_BYTES = 65_536;

    private static final String ACCEPT =
            "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,text/*;q=0.9,*/*;q=0.5";

    private final Resolver resolver;
    private final FetchConfig config;
    private final AddressRules rules;
    private final Set<String> trusted;
    private final HttpClient client;

    @Inject
    Fetcher(Vertx vertx, Resolver resolver, FetchConfig config) {
        this(vertx, resolver, config, Optional.empty());
    }

    /** @param trust whom to trust instead of the JDK's authorities */
    Fetcher(Vertx vertx, Resolver resolver, FetchConfig config, Optional<TrustOptions> trust) {
        this.resolver = resolver;
        this.config = config;
        this.rules = new AddressRules(config.refusedNetworks().orElse(List.of()));
        this.trusted = new HashSet<>(config.trusted().orElse(List.of()));
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
     * Asks for a URL and waits until the response begins; for a virtual thread, which may be interrupted.
     *
     * @param url untrusted
     * @param timeout until the last byte of the body
     * @throws ToolFailure where the URL is not one that may be fetched
     * @throws FetchException where the network or the server fails
     */
    public Fetched open(String url, Preferences preferences, Duration timeout)
            throws FetchException, InterruptedException {
        if (!config.enabled()) {
            throw new ToolFailure("this server is not allowed to fetch anything");
        }
        Deadline deadline = Deadline.in(timeout);
        FetchUrl next = FetchUrl.of(url);
        for (int redirects = 0; ; redirects++) {
            Answer answer = ask(next, preferences, deadline);
            if (answer.location.isEmpty()) {
                return answer.fetched;
            }
            answer.fetched.close();
            if (redirects == config.redirects()) {
                throw new FetchException("the server redirects more than " + redirects + " times");
            }
            next = next.redirectedTo(answer.location.get());
        }
    }

    /** What a server said, and where else it says that it is to be found. */
    private record Answer(Fetched fetched, Optional<String> location) {}

    private Answer ask(FetchUrl url, Preferences preferences, Deadline deadline)
            throws FetchException, InterruptedException {
        HttpClientRequest request = connected(url, preferences, deadline);
        boolean answered = false;
        try {
            // why before it is sent: later, the body could have begun
            Future<Answer> answering = request.response().map(response -> answer(url, response, deadline));
            request.end();
            Answer answer = await(answering, deadline);
            answered = true;
            return answer;
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

    /** On the event loop, while the body has not begun. */
    private static Answer answer(FetchUrl url, HttpClientResponse response, Deadline deadline) {
        Fetched fetched = new Fetched(
                url.toString(),
                response.statusCode(),
                header(response, HttpHeaders.CONTENT_TYPE),
                header(response, HttpHeaders.CONTENT_ENCODING),
                length(response),
                BodyStream.of(response, deadline));
        boolean redirects = switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        return new Answer(
                fetched, redirects ? header(response, HttpHeaders.LOCATION).map(Fetcher::utf8) : Optional.empty());
    }

    private static Optional<String> header(HttpClientResponse response, CharSequence name) {
        return Optional.ofNullable(response.getHeader(name));
    }

    private static OptionalLong length(HttpClientResponse response) {
        return header(response, HttpHeaders.CONTENT_LENGTH)
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    /** Header bytes come as Latin-1; where they are not ASCII, servers mean UTF-8. */
    private static String utf8(String header) {
        return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private HttpClientRequest connected(FetchUrl url, Preferences preferences, Deadline deadline)
            throws FetchException, InterruptedException {
        FetchException failure = null;
        for (InetAddress address : addresses(url, deadline)) {
            try {
                return connected(url, address, preferences, deadline);
            } catch (FetchException e) {
                failure = e;
            }
        }
        throw failure == null ? new FetchException("the server has no address") : failure;
    }

    private HttpClientRequest connected(FetchUrl url, InetAddress address, Preferences preferences, Deadline deadline)
            throws FetchException, InterruptedException {
        Future<HttpClientRequest> connecting = client.request(request(url, address, preferences));
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

    private RequestOptions request(FetchUrl url, InetAddress address, Preferences preferences) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(url.port(), NetUtil.toAddressString(address)))
                .setHost(url.host().peer())
                .setPort(url.port())
                .setSsl(url.secure())
                .setURI(url.target())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.HOST, url.hostHeader())
                .putHeader(HttpHeaders.USER_AGENT, config.userAgent())
                .putHeader(HttpHeaders.ACCEPT, preferences.accept().orElse(ACCEPT))
                .putHeader(
                        HttpHeaders.ACCEPT_LANGUAGE,
                        preferences.acceptLanguage().orElse("*"))
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    }

    private static boolean isTo(InetAddress address, int port, SocketAddress remote) {
        byte[] reached = NetUtil.createByteArrayFromIpAddressString(remote.hostAddress());
        return remote.port() == port && Arrays.equals(reached, address.getAddress());
    }

    /** The addresses to connect to, checked. */
    private List<InetAddress> addresses(FetchUrl url, Deadline deadline) throws FetchException, InterruptedException {
        boolean isTrusted = trusted.contains(url.authority());
        if (!isTrusted && !config.ports().contains(url.port())) {
            throw new ToolFailure("port %d is not fetched from; the ports are %s"
                    .formatted(
                            url.port(),
                            config.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return switch (url.host()) {
            case Host.Literal(InetAddress address) -> {
                if (!isTrusted && !rules.isPublic(address)) {
                    throw new ToolFailure("this address is not public; only public addresses may be fetched");
                }
                yield List.of(address);
            }
            case Host.Name name -> addresses(name, isTrusted, deadline);
        };
    }

    private List<InetAddress> addresses(Host.Name name, boolean isTrusted, Deadline deadline)
            throws FetchException, InterruptedException {
        // why one answer for all: what names there are inside is nobody's business
        ToolFailure refusal = new ToolFailure("this host has no public address; only public addresses may be fetched");
        if (!isTrusted && name.isPrivate()) {
            throw refusal;
        }
        try {
            // why the dot: a cluster's search list would try the name within the cluster
            List<InetAddress> addresses = resolver.resolve(isTrusted ? name.text() : name.text() + ".", deadline);
            if (!isTrusted && !addresses.stream().allMatch(rules::isPublic)) {
                throw refusal;
            }
            return addresses.stream().limit(MOST_ADDRESSES).toList();
        } catch (UnknownHostException e) {
            throw refusal;
        }
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

    @PreDestroy
    void stop() {
        client.close();
    }
}
