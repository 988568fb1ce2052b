package org.mcpagentic.models.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.model.Usage;

class PricesTest {

    private static final Prices PRICES = new Prices(
            rates("2.00", "0.20", "12.00"),
            Optional.of(new Prices.LongPrompts(200_000, rates("4.00", "0.40", "18.00"))));

    @Test
    void dollarsForAMillionTokensAreMicroDollarsForOne() {
        assertThat(PRICES.of(new Usage(1_000, 100, 0))).isEqualTo(2_000 + 1_200);
    }

    @Test
    void cachedTokensCostTheirOwnPrice() {
        assertThat(PRICES.of(new Usage(1_000, 400, 0, 0, 0))).isEqualTo(600 * 2 + 80);
    }

    @Test
    void thoughtsAreAPartOfTheOutput() {
        assertThat(PRICES.of(new Usage(0, 0, 100, 90, 0))).isEqualTo(1_200);
    }

    @Test
    void longPromptsCostMoreWithAllOfTheirTokens() {
        assertThat(PRICES.of(new Usage(200_000, 0, 0))).isEqualTo(400_000);
        assertThat(PRICES.of(new Usage(200_001, 1, 0))).isEqualTo(800_004 + 18);
    }

    @Test
    void fractionsAreRoundedUpSoThatNothingLooksFree() {
        Prices cheap = new Prices(rates("0.075", "0.075", "0.30"), Optional.empty());

        assertThat(cheap.of(new Usage(1, 0, 0))).isEqualTo(1);
        assertThat(cheap.of(new Usage(1_000, 0, 0))).isEqualTo(75);
    }

    private static Prices.Rates rates(String input, String cachedInput, String output) {
        return new Prices.Rates(new BigDecimal(input), new BigDecimal(cachedInput), new BigDecimal(output));
    }
}
