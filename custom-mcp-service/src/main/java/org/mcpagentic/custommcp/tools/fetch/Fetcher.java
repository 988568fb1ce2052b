package org.mcpagentic.custommcp.tools.fetch;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.mcpagentic.agent.tool.ToolFailure;

/** Asks servers on the public network for what a URL names, by the rules of {@link Connector}, also for each redirect. */
@ApplicationScoped
@Startup
public class Fetcher {

    private static final String ACCEPT =
            "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,text/*;q=0.9,*/*;q=0.5";

    private final FetchConfig config;
    private final Set<String> trusted;
    private final Connector connector;

    @Inject
    Fetcher(Vertx vertx, Resolver resolver, FetchConfig config) {
        this(vertx, resolver, config, Optional.empty());
    }

    /** @param trust whom to trust instead of the JDK's authorities */
    Fetcher(Vertx vertx, Resolver resolver, FetchConfig config, Optional<TrustOptions> trust) {
        this.config = config;
        this.trusted = new HashSet<>(config.trusted().orElse(List.of()));
        this.connector = new Connector(
                vertx, resolver, new AddressRules(config.refusedNetworks().orElse(List.of())), trust);
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
        boolean isTrusted = trusted.contains(url.authority());
        if (!isTrusted && !config.ports().contains(url.port())) {
            throw new ToolFailure("port %d is not fetched from; the ports are %s"
                    .formatted(
                            url.port(),
                            config.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return connector.send(
                url,
                isTrusted,
                request(preferences),
                Optional.empty(),
                response -> answer(url, response, deadline),
                deadline);
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

    private RequestOptions request(Preferences preferences) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .putHeader(HttpHeaders.USER_AGENT, config.userAgent())
                .putHeader(HttpHeaders.ACCEPT, preferences.accept().orElse(ACCEPT))
                .putHeader(
                        HttpHeaders.ACCEPT_LANGUAGE,
                        preferences.acceptLanguage().orElse("*"))
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    }

    @PreDestroy
    void stop() {
        connector.close();
    }
}
