package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.text;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final StubModel stub = StubModel.builder()
            .allowing(2, Duration.ofMinutes(1))
            .allowingPerDay(5)
            .time(() -> now)
            .build();
    private final Client client = new Client(stub, http);

    @AfterEach
    void stop() {
        stub.close();
        http.close();
    }

    @Test
    void moreThanTheWindowAllowsIsToldToWaitUntilItEnds() {
        ask("a");
        passed(20);
        ask("b");
        passed(10);

        Client.Got refused = ask("c");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().at("/error/details/2/retryDelay").asText()).isEqualTo("30s");
        assertThat(stub.requests().getLast().notBefore()).contains(now.plusSeconds(30));
    }

    @Test
    void theNextWindowBeginsWithTheNextRequest() {
        ask("a");
        ask("b");
        passed(90);

        Client.Got first = ask("c");
        passed(59);
        Client.Got second = ask("d");
        Client.Got third = ask("e");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(third.json().at("/error/details/2/retryDelay").asText()).isEqualTo("1s");
    }

    @Test
    void whoComesSoonerThanToldIsEarlyAndWhoComesInTimeIsNot() {
        ask("a");
        ask("b");
        ask("told");
        passed(59);
        ask("told");
        passed(1);

        Client.Got inTime = ask("told");

        assertThat(inTime.status()).isEqualTo(200);
        assertThat(stub.earlyRequests()).extracting(RecordedRequest::receivedAt).containsExactly(now.minusSeconds(1));
    }

    @Test
    void whoWasNotToldIsNotEarlyButComesWhileOthersWait() {
        ask("a");
        ask("b");
        ask("told");

        ask("another");

        assertThat(stub.earlyRequests()).isEmpty();
        assertThat(stub.requestsWhileRefusing())
                .extracting(request -> request.understood().orElseThrow().input())
                .containsExactly("another");
    }

    @Test
    void theDaysQuotaIsAnotherAndRefusesInTheNextWindowToo() {
        for (int i = 0; i < 5; i++) {
            ask("granted " + i);
            passed(60);
        }

        Client.Got refused = ask("sixth");
        passed(3600);
        Client.Got later = ask("sixth");
        passed(86_400);
        Client.Got nextDay = ask("sixth");

        assertThat(refused.json().at("/error/details/0/violations/0/quotaId").asText())
                .contains("PerDay");
        assertThat(later.status()).isEqualTo(429);
        assertThat(nextDay.status()).isEqualTo(200);
    }

    @Test
    void aResetGivesTheQuotaBack() {
        ask("a");
        ask("b");

        stub.reset();

        assertThat(ask("c").status()).isEqualTo(200);
    }

    private Client.Got ask(String input) {
        return client.gemini(contents(content("user", text(input))));
    }

    private void passed(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
