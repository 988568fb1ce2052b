package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.text;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManyStreamsTest {
    private static final int STREAMS = 500;

    @Test
    @Timeout(60)
    void hundredsOfSlowStreamsAreOpenAtOnceOnTwoEventLoops() {
        try (HttpClient http = HttpClient.newHttpClient();
                StubModel stub =
                        StubModel.builder().eventLoops(2).keepingRequests(0).build()) {
            Client client = new Client(stub, http);
            stub.byDefault(Reply.text("0123456789")
                    .chunks(10)
                    .firstTokenAfter(Duration.ofSeconds(2))
                    .between(Duration.ofMillis(100)));

            List<CompletableFuture<HttpResponse<String>>> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> http.sendAsync(
                            client.geminiRequest(
                                            "streamGenerateContent?alt=sse",
                                            contents(content("user", text("stream " + i))))
                                    .build(),
                            BodyHandlers.ofString()))
                    .toList();
            List<HttpResponse<String>> answers =
                    streams.stream().map(CompletableFuture::join).toList();

            assertThat(answers).allMatch(answer -> answer.body().contains("STOP"));
            assertThat(stub.mostInFlight()).isEqualTo(STREAMS);
            assertThat(stub.requests()).isEmpty();
        }
    }
}
