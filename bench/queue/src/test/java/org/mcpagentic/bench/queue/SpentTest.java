package org.mcpagentic.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpentTest {

    @Test
    void whatIsSpentBetweenTwoInstantsIsTheirDifference() {
        Spent before = Spent.parse(info(1.5, 100, 10, 400));
        Spent after = Spent.parse(info(2.0, 180, 15, 900));

        Spent spent = after.since(before);

        assertThat(spent.cpuMicros()).isCloseTo(500_000, within(1e-3));
        assertThat(spent.commands()).isEqualTo(80);
        assertThat(spent.scripts()).isEqualTo(new Spent.Calls(5, 500));
        assertThat(spent.byCommand()).containsOnlyKeys("evalsha");
    }

    @Test
    void whatScriptsRunIsNotCountedAsSent() {
        assertThat(SentCommands.isSent("+1.2 [0 127.0.0.1:5000] \"GET\" \"k\"")).isTrue();
        assertThat(SentCommands.isSent("+1.2 [0 lua] \"GET\" \"[0 127.0.0.1:5000]\""))
                .isFalse();
        assertThat(SentCommands.isSent("+OK")).isFalse();
    }

    private static String info(double seconds, int commands, int calls, int micros) {
        return """
                # CPU
                used_cpu_sys_main_thread:%s
                used_cpu_user_main_thread:0.5
                total_commands_processed:%d
                cmdstat_evalsha:calls=%d,usec=%d,usec_per_call=1.00
                cmdstat_get:calls=3,usec=9,usec_per_call=3.00
                """.formatted(seconds - 0.5, commands, calls, micros);
    }
}
