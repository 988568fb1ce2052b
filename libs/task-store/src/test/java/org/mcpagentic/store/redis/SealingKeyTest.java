package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {

    private static final byte[] NONCE = bytes("ABCDEFGHIJKLMNOPQRSTUVWX");
    private static final byte[] MESSAGE = bytes("XAES-256-GCM");

    /** The specification's own vectors; the derived key's subkey is made with and without a carry. */
    @ParameterizedTest
    @CsvSource({
        "1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        "3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
    })
    void sealsAsTheSpecificationDoes(int filling, String place, String expected) {
        SealingKey key = key(filling);

        byte[] sealed = key.seal(NONCE, bytes(place), MESSAGE);

        assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(expected);
        assertThat(key.open(NONCE, bytes(place), sealed)).contains(MESSAGE);
    }

    @Test
    void opensNothingThatWasChangedOrIsNotItsOwn() {
        byte[] sealed = key(1).seal(NONCE, bytes("here"), MESSAGE);
        byte[] otherNonce = NONCE.clone();
        otherNonce[0] ^= 1;

        assertThat(key(2).open(NONCE, bytes("here"), sealed)).isEmpty();
        assertThat(key(1).open(NONCE, bytes("there"), sealed)).isEmpty();
        assertThat(key(1).open(otherNonce, bytes("here"), sealed)).isEmpty();
        assertThat(key(1).open(NONCE, bytes("here"), Arrays.copyOf(sealed, sealed.length - 1)))
                .isEmpty();
        assertThat(key(1).open(NONCE, bytes("here"), new byte[15])).isEmpty();
    }

    @Test
    void marksTheSameWhereKeyPlaceAndMessageAreTheSame() {
        String mark = key(1).mark(bytes("place"), bytes("message"));

        assertThat(key(1).mark(bytes("place"), bytes("message"))).isEqualTo(mark);
        assertThat(mark).matches("[A-Za-z0-9_-]{22}");
        assertThat(key(1).mark(bytes("place"), bytes("messages"))).isNotEqualTo(mark);
        assertThat(key(1).mark(bytes("places"), bytes("message"))).isNotEqualTo(mark);
        assertThat(key(1).mark(bytes("placem"), bytes("essage"))).isNotEqualTo(mark);
        assertThat(key(2).mark(bytes("place"), bytes("message"))).isNotEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void takesNoKeyOfAnotherLength(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealingKey(new byte[length]));
    }

    private static SealingKey key(int filling) {
        byte[] key = new byte[SealingKey.KEY_BYTES];
        Arrays.fill(key, (byte) filling);
        return new SealingKey(key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
