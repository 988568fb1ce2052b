package org.mcpagentic.localredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void namesNoPortTwice() {
        // more than the kernel names without a repeat
        List<Integer> ports = IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> FreePort.any())
                .toList();

        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void namesPortsThatAreFree() {
        assertThat(FreePort.isFree(FreePort.any())).isTrue();
    }
}
