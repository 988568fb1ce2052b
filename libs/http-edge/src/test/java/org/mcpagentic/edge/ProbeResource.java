package org.mcpagentic.edge;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mcpagentic.edge.access.Arrival;
import org.mcpagentic.edge.access.Arrivals;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.idempotency.IdempotencyKey;
import org.mcpagentic.edge.idempotency.RequestFingerprint;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.store.StoreException;

/** A small service with one of everything that the gate must deal with. */
@Path("/")
public class ProbeResource {

    /** Completed when the endless stream of a test is cancelled. */
    static volatile CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    enum Level {
        HIGH,
        LOW
    }

    record Item(@Size(max = 3) String itemName) {}

    record Order(
            @NotBlank String orderText,
            Optional<Integer> count,
            Optional<Boolean> gift,
            Optional<Level> level,
            Optional<Duration> patience,
            Optional<Instant> due,
            Optional<List<@Valid Item>> items,
            Optional<Map<String, String>> labels) {}

    record Echo(
            String text,
            Caller caller,
            Optional<String> key,
            String fingerprint,
            Instant at,
            Duration took,
            Optional<String> absent) {}

    record Arrived(String from, Optional<String> address) {}

    @Inject
    EventStreams streams;

    @Inject
    Arrivals arrivals;

    @GET
    @Path("/arrival")
    public Uni<Arrived> arrival(@Context RoutingContext routing) {
        Arrival arrival = arrivals.of(routing.request());
        return Uni.createFrom().item(new Arrived(arrival.sender(), arrival.address()));
    }

    @POST
    @Path("/order")
    public Uni<Echo> order(@Context RoutingContext routing, @Valid Order order) {
        return Uni.createFrom().item(echo(routing, order.orderText()));
    }

    @POST
    @Path("/order/blocking")
    @io.smallrye.common.annotation.Blocking
    public Echo blocking(@Context RoutingContext routing, @Valid Order order) {
        return echo(routing, order.orderText());
    }

    private static Echo echo(RoutingContext routing, String text) {
        return new Echo(
                text,
                Caller.of(routing),
                IdempotencyKey.of(routing.request()).map(IdempotencyKey::value),
                RequestFingerprint.of(routing).value(),
                Instant.ofEpochSecond(0, 1_999_999),
                Duration.ofMillis(1_013),
                Optional.empty());
    }

    @POST
    @Path("/order/{id}/run")
    public Uni<Map<String, String>> run(@PathParam("id") String id) {
        return Uni.createFrom().item(Map.of("id", id));
    }

    @GET
    @Path("/order/{id}")
    public Uni<Map<String, String>> get(@PathParam("id") String id) {
        return Uni.createFrom().item(Map.of("id", id));
    }

    @GET
    @Path("/order")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<String>> list(@QueryParam("limit") @Max(200) @NotNull Integer limit) {
        return Uni.createFrom().item(List.of("limit " + limit));
    }

    @GET
    @Path("/fail/{how}")
    public Uni<String> fail(@PathParam("how") String how) {
        return switch (how) {
            case "problem" -> Uni.createFrom().failure(ProblemException.invalid("tools[0]", "is not a tool"));
            case "secret" -> Uni.createFrom().failure(new IllegalStateException("the password is hunter2"));
            case "error" -> throw new AssertionError("deep inside");
            default ->
                Uni.createFrom().failure(new StoreException(StoreException.Code.valueOf(how), "redis at 10.0.0.1"));
        };
    }

    @GET
    @Path("/unlisted")
    public String unlisted() {
        return "nobody should see this";
    }

    @GET
    @Path("/events/{what}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Void> events(@Context RoutingContext routing, @PathParam("what") String what) {
        long after = EventStreams.lastEventId(routing.request()).orElse(0);
        return switch (what) {
            case "missing" -> Uni.createFrom().failure(ProblemException.notFound("task"));
            case "over" -> Uni.createFrom().voidItem();
            case "three" ->
                streams.send(
                        routing, Multi.createFrom().range((int) after + 1, 4).map(ProbeResource::event));
            case "broken" ->
                streams.send(
                        routing,
                        Multi.createBy()
                                .concatenating()
                                .streams(
                                        Multi.createFrom().item(event(1)),
                                        Multi.createFrom().failure(new IllegalStateException("hunter2"))));
            case "endless" ->
                streams.send(
                        routing,
                        Multi.createFrom()
                                .<ServerSentEvent>emitter(emitter -> emitter.emit(event(1)))
                                .onCancellation()
                                .invoke(() -> cancelled.complete(true)));
            case "flood" ->
                streams.send(
                        routing,
                        Multi.createFrom()
                                .ticks()
                                .every(Duration.ofMillis(1))
                                .map(tick -> ServerSentEvent.numbered(tick, "flood", "x".repeat(100_000)))
                                .onOverflow()
                                .buffer(16)
                                .onTermination()
                                .invoke(() -> cancelled.complete(true)));
            default -> throw ProblemException.notFound("stream");
        };
    }

    private static ServerSentEvent event(int number) {
        return ServerSentEvent.numbered(number, "probe.counted", Map.of("number", number, "text", "a\nb"));
    }
}
