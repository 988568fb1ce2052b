package org.mcpagentic.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void aPercentileIsTheSmallestValueThatEnoughAreNotAbove() {
        Samples hundred = Samples.of(IntStream.rangeClosed(1, 100).boxed().toList());

        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(hundred.percentile(0)).isEqualTo(1);
    }

    @Test
    void theOrderInWhichValuesComeDoesNotMatter() {
        assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Samples.of(List.of(4, 1, 3, 2)).median()).isEqualTo(2.5);
        assertThat(Samples.of(4, 9, 3).max()).isEqualTo(9);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(Samples.of().percentile(50)).isNaN();
        assertThat(Samples.of().median()).isNaN();
    }
}
