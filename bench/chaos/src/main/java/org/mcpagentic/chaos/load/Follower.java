package org.mcpagentic.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.mcpagentic.chaos.history.History;
import org.mcpagentic.chaos.history.Observation;

/** Follows a task's events to their end, over as many connections as it takes. */
final class Follower implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Api api;
    private final History history;
    private final InstantSource clock;
    private final Random random;
    private final String client;
    private final String task;
    private int last;
    private boolean over;

    Follower(Api api, History history, InstantSource clock, long seed, String client, String task) {
        this.api = api;
        this.history = history;
        this.clock = clock;
        this.random = new Random(seed);
        this.client = client;
        this.task = task;
    }

    @Override
    public void run() {
        Instant end = clock.instant().plus(LIMIT);
        try {
            while (!over && clock.instant().isBefore(end)) {
                follow(random.nextInt(api.replicas()));
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(int replica) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = api.events(replica, task, last);
            over = response.statusCode() == 204;
            try (InputStream stream = response.body()) {
                if (response.statusCode() == 200) {
                    Thread hangUp = hangUpLater(stream);
                    read(stream);
                    hangUp.interrupt();
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            history.add(new Observation.Unanswered(
                    clock.instant(), client, "follow " + task, replica, String.valueOf(broken.getMessage())));
        }
    }

    /** A connection to a replica that is paused would never end, and clients do go away. */
    private Thread hangUpLater(InputStream stream) {
        Duration patience = Duration.ofMillis(1_000 + random.nextInt(8_000));
        return Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                stream.close();
            } catch (IOException | InterruptedException ended) {
                // why nothing: then the stream has ended by itself
            }
        });
    }

    private void read(InputStream stream) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        int id = 0;
        String type = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = Integer.parseInt(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:") && id > 0) {
                saw(id, type, JSON.readTree(line.substring(5)));
            } else if (line.isEmpty()) {
                id = 0;
            }
        }
    }

    private void saw(int number, String type, JsonNode data) {
        JsonNode step = data.path("step");
        history.add(new Observation.EventSeen(
                clock.instant(),
                client,
                task,
                number,
                type,
                Instant.parse(data.path("at").asText()),
                detail(type, data, step),
                type.equals("step.finished") ? Optional.of(step.toString()) : Optional.empty()));
        last = number;
    }

    private static int detail(String type, JsonNode data, JsonNode step) {
        if (type.startsWith("step.")) {
            return step.isMissingNode()
                    ? Observation.NOT_TOLD
                    : step.path("step").asInt();
        }
        return data.path("attempt").asInt();
    }
}
