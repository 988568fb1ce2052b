package org.mcpagentic.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectorsTest {

    @Test
    void findsWhatIsAskedForAndNothingElse() {
        String expression = """
            histogram_quantile(0.95, sum by (le, job) (rate(a_bucket{job=~"x|y",uri!~".*/run"}[5m]))) > 1e3
            and on (job) max by (job) (b) * 3600 > 4 or (c unless sum(d offset 15m)) or vector(0)\
            """;

        assertThat(Selectors.of(expression)).containsExactly("a_bucket{job=~\"x|y\",uri!~\".*/run\"}", "b", "c", "d");
    }

    @Test
    void knowsRecordedNames() {
        assertThat(Selectors.of("namespace_job:errors:ratio_rate5m{job=\"a\"} > 0.05"))
                .containsExactly("namespace_job:errors:ratio_rate5m{job=\"a\"}");
    }
}
