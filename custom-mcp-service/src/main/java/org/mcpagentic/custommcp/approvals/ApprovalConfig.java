package org.mcpagentic.custommcp.approvals;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Which calls of tools are made, which are not, and which a person has to let be made. */
@ConfigMapping(prefix = "approval")
public interface ApprovalConfig {

    /** How long a decision is waited for, 1 s to 30 days; then the task goes on without the call. */
    @WithDefault("24h")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration expiry();

    /** What holds where no rule matches. */
    @WithName("default")
    Defaults defaults();

    /** The first that matches holds; at most 1,000. */
    @Size(max = 1_000)
    List<@Valid Rule> rules();

    /** What is done with a call. */
    enum Outcome {
        /** It is made. */
        ALLOW,
        /** A person decides. */
        ASK,
        /** It is not made. */
        DENY
    }

    /** By what a call does to the world. */
    interface Defaults {

        /** Of tools that change nothing. */
        @WithDefault("allow")
        Outcome readOnly();

        /** Of tools that change something, the same change however often. */
        @WithDefault("allow")
        Outcome idempotent();

        /** Of tools whose every call changes something anew. */
        @WithDefault("ask")
        Outcome nonIdempotent();
    }

    /** What is done with some calls. */
    interface Rule {

        /** A tool's name, or how names begin and a {@code *}. */
        String tool();

        /** Of these tenants' tasks alone; without any, of all. */
        Optional<Set<String>> tenant();

        /** Only where all of these match; at most 32. */
        @Size(max = 32)
        List<Argument> arguments();

        /** What is done with them. */
        Outcome verdict();

        /** How long a decision is waited for, 1 s to 30 days; with {@code ask} alone. */
        Optional<@DurationMin(seconds = 1) @DurationMax(days = 30) Duration> expiry();

        /** What the model reads, at most 1,000 characters; with {@code deny} alone. */
        Optional<@Size(max = 1_000) String> reason();
    }

    /** What an argument looks like. */
    interface Argument {

        /** A JSON pointer to it (RFC 6901), such as {@code /to}. */
        String pointer();

        /** A regular expression of RE2 for the whole of it; strings are taken without quotes, {@code .} is any character. */
        String matches();
    }
}
