package org.mcpagentic.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    @Test
    void aRowBeginsWithTheRatioOfTheMediansAndSaysWhetherTheTargetIsMet() {
        measured(Contender.OURS, Figure.CPU, 40, 900, 50);
        measured(Contender.PEER, Figure.CPU, 100, 100, 90);

        String[] lines = figures.table().split("\n", -1);

        assertThat(lines[1].trim().split(" +")).startsWith("0.50", "<=", "1/2", "met", "50.0", "us", "100", "us");
    }

    @Test
    void aMissedTargetIsShownAsSuch() {
        measured(Contender.OURS, Figure.THROUGHPUT, 2_000);
        measured(Contender.PEER, Figure.THROUGHPUT, 1_000);

        assertThat(figures.table()).contains("   2.00  >= 2.5x  missed");
    }

    @Test
    void aTargetWithoutPeerIsHeldAgainstOursAlone() {
        assertThat(Figure.RECOVERY.met(4.9, 50)).contains(true);
        assertThat(Figure.RECOVERY.met(5.1, 50)).contains(false);
        assertThat(Figure.IDLE.met(2.1, Double.NaN)).contains(false);
    }

    @Test
    void whatWasNotMeasuredHasNoRow() {
        measured(Contender.OURS, Figure.CPU, 40);

        assertThat(figures.table()).contains(Figure.CPU.title()).doesNotContain(Figure.RECOVERY.title());
        assertThat(figures.table()).doesNotContain("met").doesNotContain("missed");
    }

    @Test
    void everyRunIsShown() {
        measured(Contender.OURS, Figure.P50, 1, 2, 3);

        assertThat(figures.raw()).contains("1.00 ms  2.00 ms  3.00 ms");
    }

    private void measured(Contender contender, Figure figure, double... values) {
        for (double value : values) {
            figures.add(contender, figure, value);
        }
    }
}
