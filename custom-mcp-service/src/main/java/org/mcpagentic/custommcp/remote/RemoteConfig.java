package org.mcpagentic.custommcp.remote;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** External MCP servers whose tools tasks may use. */
@ConfigMapping(prefix = "remote")
public interface RemoteConfig {

    /** Servers by their name, with which the names of their tools begin. */
    Map<String, Server> servers();

    /** How often each server is asked what it offers, 1 s to 1 day; give or take a tenth. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration refresh();

    /** How often is looked for servers and approvals that were added through another replica, 100 ms to 1 min. */
    @WithDefault("3s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration poll();

    /** Most bytes of one response, 64 KiB to 16 MiB. */
    @WithDefault("2097152")
    @Min(65_536)
    @Max(16_777_216)
    int maxResponseBytes();

    /** Most characters of a tool's result, 100 to 40,000; what is longer is cut, with a mark. */
    @WithDefault("20000")
    @Min(100)
    @Max(40_000)
    int maxOutputChars();

    /** For how long a server is left alone when most calls of it failed, 100 ms to 1 hour. */
    @WithDefault("30s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration rest();

    /**
     * Servers of the operator's own ({@code host:port}, exactly as URLs name them) that administrators may add although they are on
     * a private network.
     */
    Optional<
                    List<
                            @Pattern(
                                    regexp = "[a-z0-9.-]+:[0-9]{1,5}|\\[[0-9a-f:]+]:[0-9]{1,5}",
                                    message = "must be host:port")
                            String>>
            trusted();

    /** Programs as servers. */
    Stdio stdio();

    /** Programs that are started here and spoken to by their standard input and output. */
    interface Stdio {

        /** Whether there may be any; in production, only where the service listens on the loopback interface alone. */
        @WithDefault("false")
        boolean enabled();
    }

    /** One server. */
    interface Server {

        /** Where it is asked, over Streamable HTTP. Either this or {@link #command()}. */
        Optional<String> url();

        /** The program, with its arguments, that is started instead; for development. */
        Optional<List<String>> command();

        /** The bearer token that it knows us by. */
        Optional<String> token();

        /** The tenants whose tasks may use it, {@code *} for all; none where nothing is given. */
        Optional<List<String>> tenants();

        /** How long a call may take, 100 ms to 10 min. */
        @WithDefault("30s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 10)
        Duration timeout();

        /** Its names of those of its tools that are used; all where nothing is given. */
        Optional<List<String>> tools();

        /** What a repeated call of a tool does, by its name there: {@code read_only}, {@code idempotent}, {@code non_idempotent}. */
        Map<String, @Pattern(regexp = "read_only|idempotent|non_idempotent") String> sideEffects();

        /** Whether what is found at the first look is approved by that; what comes or changes later never is. */
        @WithDefault("true")
        boolean trustFirst();

        /** Whether it may be on a private network. */
        @WithDefault("false")
        boolean allowPrivate();
    }
}
