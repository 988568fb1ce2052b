package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

class EnvelopeTest {

    private static final TenantId TENANT = new TenantId("ours");
    private static final TenantId OTHER = new TenantId("theirs");
    private static final TaskId TASK = new TaskId("t0-00000000000000000000000001");
    private static final Place PLACE = Place.ofTask(TENANT, TASK);
    private static final String TEXT = "the launch code is 0000 \u00e9 \ud83d\ude80";

    private static final String OLD = key("2025", 1);
    private static final String NEW = key("2026", 2);

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "p::x", "x:2026:AAAA", "{\"a\": 1}", TEXT})
    void opensWhatItSealed(String text) {
        Envelope envelope = Envelope.of(List.of(NEW));

        String stored = envelope.seal(PLACE, text);

        assertThat(stored).matches("x:2026:[A-Za-z0-9+/]+={0,2}");
        assertThat(envelope.open(PLACE, stored)).isEqualTo(text);
    }

    @Test
    void showsNothingOfWhatItSealed() {
        String stored = Envelope.of(List.of(NEW)).seal(PLACE, TEXT);

        assertThat(stored).doesNotContain("launch");
        assertThat(new String(Base64.getDecoder().decode(stored.substring("x:2026:".length())), StandardCharsets.UTF_8))
                .doesNotContain("launch");
    }

    @Test
    void sealsNothingWithoutKeys() {
        Envelope envelope = Envelope.of(List.of());

        assertThat(envelope.seal(PLACE, TEXT)).isEqualTo("p::" + TEXT);
        assertThat(envelope.mark(PLACE, TEXT)).isEmpty();
        assertThat(envelope.seals()).isFalse();
        assertThat(envelope.checks()).isEmpty();
    }

    @Test
    void opensWhatWasStoredBeforeItSealed() {
        assertThat(Envelope.of(List.of(NEW)).open(PLACE, "p::" + TEXT)).isEqualTo(TEXT);
    }

    @Test
    void sealsNoTwoAlikeAndUsesNoNonceTwice() {
        Envelope envelope = Envelope.of(List.of(NEW));
        Set<String> nonces = new HashSet<>();

        for (int i = 0; i < 20_000; i++) {
            // 24 bytes are 32 characters of base64
            nonces.add(envelope.seal(PLACE, "same").substring("x:2026:".length(), "x:2026:".length() + 32));
        }

        assertThat(nonces).hasSize(20_000);
    }

    @Test
    void refusesWhateverCharacterWasChanged() {
        Envelope envelope = Envelope.of(List.of(NEW, OLD));
        String stored = envelope.seal(PLACE, TEXT);

        for (int i = 0; i < stored.length(); i++) {
            for (char other : new char[] {(char) (stored.charAt(i) ^ 1), 'A', '5', ':', '=', '\n'}) {
                String changed = stored.substring(0, i) + other + stored.substring(i + 1);
                if (!changed.equals(stored)) {
                    assertThatThrownBy(() -> envelope.open(PLACE, changed))
                            .as("character %d", i)
                            .isInstanceOf(UnreadableException.class)
                            .hasMessageNotContaining("launch");
                }
            }
        }
    }

    @Test
    void refusesWhateverByteWasChanged() {
        Envelope envelope = Envelope.of(List.of(NEW));
        byte[] sealed = Base64.getDecoder().decode(envelope.seal(PLACE, TEXT).substring("x:2026:".length()));

        for (int i = 0; i < sealed.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = sealed.clone();
                changed[i] ^= (byte) (1 << bit);
                String stored = "x:2026:" + Base64.getEncoder().encodeToString(changed);
                assertThatThrownBy(() -> envelope.open(PLACE, stored)).isInstanceOf(UnreadableException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 39})
    void refusesWhatIsTooShortToBeSealed(int length) {
        String stored = "x:2026:" + Base64.getEncoder().encodeToString(new byte[length]);

        assertThatThrownBy(() -> Envelope.of(List.of(NEW)).open(PLACE, stored)).isInstanceOf(UnreadableException.class);
    }

    static List<Place> otherPlaces() {
        TaskId otherTask = new TaskId("t0-00000000000000000000000002");
        return List.of(
                Place.ofTask(OTHER, TASK),
                Place.ofTask(TENANT, otherTask),
                Place.ofResult(TENANT, TASK),
                Place.ofError(TENANT, TASK),
                Place.ofIntent(TENANT, 1),
                Place.ofOutcome(TENANT, 1),
                Place.ofResponse(TENANT, new ResponseId("r0-00000000000000000000000001")),
                Place.ofMemory(TENANT, new MemoryKey("key")),
                Place.ofCheck("2026"));
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void opensNothingInAnotherPlace(Place place) {
        Envelope envelope = Envelope.of(List.of(NEW));
        String stored = envelope.seal(PLACE, TEXT);

        assertThatThrownBy(() -> envelope.open(place, stored)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void stepsOfOneTenantDoNotOpenAsAnothersNorAsOtherSteps() {
        Envelope envelope = Envelope.of(List.of(NEW));
        String stored = envelope.seal(Place.ofOutcome(TENANT, 3), TEXT);

        for (Place place : List.of(Place.ofOutcome(OTHER, 3), Place.ofOutcome(TENANT, 2), Place.ofIntent(TENANT, 3))) {
            assertThatThrownBy(() -> envelope.open(place, stored)).isInstanceOf(UnreadableException.class);
        }
        assertThat(envelope.open(Place.ofOutcome(TENANT, 3), stored)).isEqualTo(TEXT);
    }

    @Test
    void sealsWithTheFirstKeyAndOpensWithAll() {
        String before = Envelope.of(List.of(OLD)).seal(PLACE, TEXT);
        Envelope rotated = Envelope.of(List.of(NEW, OLD));

        assertThat(rotated.open(PLACE, before)).isEqualTo(TEXT);
        assertThat(rotated.seal(PLACE, TEXT)).startsWith("x:2026:");
    }

    @Test
    void opensOnAndSealsNoLongerWhereThePlainWordGoesBefore() {
        String before = Envelope.of(List.of(OLD)).seal(PLACE, TEXT);
        Envelope ending = Envelope.of(List.of("plain", OLD));

        assertThat(ending.open(PLACE, before)).isEqualTo(TEXT);
        assertThat(ending.seal(PLACE, TEXT)).isEqualTo("p::" + TEXT);
        assertThat(ending.seals()).isFalse();
    }

    @Test
    void saysWhichKeyIsMissing() {
        String before = Envelope.of(List.of(OLD)).seal(PLACE, TEXT);

        assertThatThrownBy(() -> Envelope.of(List.of(NEW)).open(PLACE, before))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("a payload was sealed with the key 2025, which store.encryption.keys does not have")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x:", "x:2026", "x::AAAA", "x:a b:AAAA", "y:2026:AAAA", "g:2026:AAAA"})
    void saysThatItDoesNotKnowACodec(String stored) {
        assertThatThrownBy(() -> Envelope.of(List.of(NEW)).open(PLACE, stored))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("a payload was stored by a codec that this version does not know");
    }

    @ParameterizedTest
    @CsvSource({
        "S3cretS3cret, entry 2 is not ID:BASE64",
        "'', entry 2 is not ID:BASE64",
        ":S3cret, entry 2 is not ID:BASE64",
        "an id:S3cret, entry 2 is not ID:BASE64",
        "an-id-that-is-longer-than-any-may-be:S3cret, entry 2 is not ID:BASE64",
        "2025:S3cret!, entry 2 is not base64 behind its id",
        "2025:S3cretS3cret, entry 2 has 9 bytes behind its id; a key has 32",
        "2025:, entry 2 has 0 bytes behind its id; a key has 32",
        "plain, entry 2 is not ID:BASE64"
    })
    void saysWhatIsWrongWithAKeyAndShowsNothingOfIt(String entry, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Envelope.of(List.of(NEW, entry)))
                .withMessageStartingWith("store.encryption.keys: " + why)
                .withMessageNotContaining("S3cret")
                .withNoCause();
    }

    @Test
    void takesNoTwoKeysUnderOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Envelope.of(List.of(NEW, key("2026", 3))))
                .withMessage("store.encryption.keys: entry 2 has the id of one before it: 2026");
    }

    @Test
    void takesThePlainWordOnlyBeforeKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Envelope.of(List.of("plain")))
                .withMessageContaining("only goes before keys");
    }

    @Test
    void takesKeysWithSpacesAroundThem() {
        String stored = Envelope.of(List.of(" " + NEW + " ")).seal(PLACE, TEXT);

        assertThat(Envelope.of(List.of(NEW)).open(PLACE, stored)).isEqualTo(TEXT);
    }

    @Test
    void knowsItsKeysAgain() {
        Map<String, String> kept = new HashMap<>(Envelope.of(List.of(OLD)).checks());
        kept.put("schema", "1");

        Envelope.of(List.of(NEW, OLD)).compare(kept);
        Envelope.of(List.of(NEW)).compare(kept);
        Envelope.of(List.of("plain", NEW)).compare(kept);

        assertThat(kept.toString()).contains("key:2025").doesNotContain(OLD.substring("2025:".length()));
    }

    @Test
    void takesNoOtherKeyUnderAnIdThatWasUsed() {
        Map<String, String> kept = Envelope.of(List.of(OLD)).checks();

        assertThatThrownBy(() -> Envelope.of(List.of(key("2025", 9))).compare(kept))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the key 2025 is another one");
    }

    @Test
    void doesNotGoWithoutKeysWhereThereWereSome() {
        Map<String, String> kept = Envelope.of(List.of(OLD)).checks();

        assertThatThrownBy(() -> Envelope.of(List.of()).compare(kept))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the store in Redis is encrypted; set store.encryption.keys");
    }

    /** @param filling of its bytes, so that tests have no secrets */
    static String key(String id, int filling) {
        byte[] key = new byte[SealingKey.KEY_BYTES];
        Arrays.fill(key, (byte) filling);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }
}
