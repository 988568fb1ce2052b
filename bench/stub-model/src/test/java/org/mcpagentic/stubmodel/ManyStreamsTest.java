package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.text;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManyStreamsTest {
    private static final int STREAMS = 500;

    @Test
    @Timeout(120)
    void hundredsOfStreamsAreOpenAtOnceOnTwoEventLoopsAndAllEndWithTheirClient() throws Exception {
        try (StubModel stub =
                StubModel.builder().eventLoops(2).keepingRequests(STREAMS).build()) {
            stub.byDefault(Reply.text("one two three").stallAfter(1));
            List<CompletableFuture<HttpResponse<String>>> streams;
            List<RecordedRequest> open;
            try (HttpClient http = HttpClient.newHttpClient()) {
                Client client = new Client(stub, http);
                streams = IntStream.range(0, STREAMS)
                        .mapToObj(i -> http.sendAsync(
                                client.geminiRequest(
                                                "streamGenerateContent?alt=sse",
                                                contents(content("user", text("stream " + i))))
                                        .build(),
                                BodyHandlers.ofString()))
                        .toList();
                while (stub.inFlight() < STREAMS) {
                    Thread.sleep(20);
                }
                open = stub.requests();
                http.shutdownNow();
            }

            for (RecordedRequest request : open) {
                request.over().toCompletableFuture().get(30, TimeUnit.SECONDS);
            }

            assertThat(stub.mostInFlight()).isEqualTo(STREAMS);
            assertThat(stub.inFlight()).isZero();
            assertThat(streams).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(open).hasSize(STREAMS).allMatch(RecordedRequest::connectionClosedByClient);
        }
    }
}
