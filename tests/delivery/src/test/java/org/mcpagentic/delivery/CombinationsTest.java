package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The combinations that are tried are those that there are. */
class CombinationsTest {

    static Stream<List<String>> exclusive() throws IOException {
        return Combinations.exclusive().stream();
    }

    @ParameterizedTest
    @MethodSource("exclusive")
    void whatMustNotGoTogetherIsRefused(List<String> components) throws IOException {
        var folder = Combinations.kustomization(components);

        List<String> faults;
        try {
            faults = InstallationRules.faultsIn(Kustomization.render(folder));
        } catch (AssertionError refused) {
            faults = List.of(String.valueOf(refused.getMessage()));
        }

        assertThat(faults).isNotEmpty();
    }

    @Test
    void everyComponentIsTried() throws IOException {
        var tried = new TreeSet<String>();

        Combinations.all().forEach(tried::addAll);

        assertThat(tried).containsExactlyElementsOf(Combinations.components());
    }

    @Test
    void anyTwoLinesOfTwoDecisionsAreTakenTogether() throws IOException {
        var decisions = Combinations.decisions();

        var chosen = Combinations.covering(decisions);

        for (int left = 0; left < decisions.size(); left++) {
            for (int right = left + 1; right < decisions.size(); right++) {
                for (List<String> one : decisions.get(left)) {
                    for (List<String> other : decisions.get(right)) {
                        int first = left;
                        int second = right;
                        assertThat(chosen)
                                .anyMatch(lines -> lines.get(first).equals(one)
                                        && lines.get(second).equals(other));
                    }
                }
            }
        }
    }

    @Test
    void noCombinationIsThereTwice() throws IOException {
        var all = new ArrayList<>(Combinations.all());

        assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }
}
