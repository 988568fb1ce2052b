package org.mcpagentic.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TenantId;

/** How many refusals become how many entries. */
class RefusalLogTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<AuditEvent> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final RefusalLog log =
            new RefusalLog(event -> Uni.createFrom().voidItem().invoke(() -> written.add(event)), () -> now);

    @Test
    void theFirstOfItsKindIsWrittenAtOnce() {
        refuse("192.0.2.1", "unauthenticated");

        assertThat(written)
                .containsExactly(new AuditEvent(
                        TENANT, "192.0.2.1", "request.refuse", "GET /task", "code=unauthenticated count=1"));
    }

    @Test
    void theOthersOfAMinuteAreOneEntryWithTheirCount() {
        for (int i = 0; i < 10_000; i++) {
            refuse("192.0.2.1", "unauthenticated");
        }

        later(Duration.ofSeconds(59));
        assertThat(written).hasSize(1);
        later(Duration.ofSeconds(1));

        assertThat(written).hasSize(2);
        assertThat(written.get(1).detail()).isEqualTo("code=unauthenticated count=9999");
    }

    @Test
    void anAttackThatGoesOnIsOneEntryAMinute() {
        for (int second = 0; second < 600; second++) {
            for (int i = 0; i < 10; i++) {
                refuse("192.0.2.1", "unauthenticated");
            }
            later(Duration.ofSeconds(1));
        }

        assertThat(written).hasSize(11);
        assertThat(counted()).isEqualTo(6000);
    }

    @Test
    void kindsAreToldApart() {
        refuse("192.0.2.1", "unauthenticated");
        refuse("192.0.2.2", "unauthenticated");
        refuse("192.0.2.1", "rate_limited");

        assertThat(written).hasSize(3);
    }

    @Test
    void manyAddressesBecomeOthers() {
        for (int i = 0; i < 50_000; i++) {
            refuse("address-" + i, "unauthenticated");
        }
        later(Duration.ofMinutes(1));

        assertThat(written).hasSize(RefusalLog.MOST_KINDS + 2);
        assertThat(written.getLast().actor()).isEqualTo("others");
        assertThat(counted()).isEqualTo(50_000);
    }

    @Test
    void anEntryIsForgottenAfterAQuietMinute() {
        refuse("192.0.2.1", "unauthenticated");
        later(Duration.ofMinutes(1));

        refuse("192.0.2.1", "unauthenticated");

        assertThat(written).hasSize(2);
    }

    @Test
    void whatIsCountedIsWrittenAtTheEnd() {
        refuse("192.0.2.1", "unauthenticated");
        refuse("192.0.2.1", "unauthenticated");

        log.flush(true).await().atMost(PATIENCE);

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void whatIsNotPrintableIsNotWritten() {
        refuse("evil\n\u202e" + "x".repeat(500), "unauthenticated");

        assertThat(written.getFirst().actor()).startsWith("evil??xxx").hasSize(128);
    }

    @Test
    void aRefusalStandsWhereTheStoreIsAway() {
        RefusalLog away = new RefusalLog(
                event -> Uni.createFrom().failure(new StoreException(Code.STORE_UNAVAILABLE, "away")), () -> now);

        assertThatCode(() -> away.refused(TENANT, "192.0.2.1", "unauthenticated", "GET /task")
                        .await()
                        .atMost(PATIENCE))
                .doesNotThrowAnyException();
    }

    private void refuse(String who, String code) {
        log.refused(TENANT, who, code, "GET /task").await().atMost(PATIENCE);
    }

    private void later(Duration time) {
        now = now.plus(time);
        log.flush(false).await().atMost(PATIENCE);
    }

    private long counted() {
        return written.stream()
                .mapToLong(event -> Long.parseLong(event.detail().replaceFirst(".*count=", "")))
                .sum();
    }
}
