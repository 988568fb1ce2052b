package org.mcpagentic.models.catalogue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.mcpagentic.models.openai.OutputLimit;

/** The models that can be asked, and which of them answers. */
@ConfigMapping(prefix = "agent")
public interface CatalogueConfig {

    /**
     * The name of the model that answers where nobody names another. Without it: {@code gemini-3.8-flash} where it has a key,
     * else {@code offline}.
     */
    Optional<String> model();

    /** The models by name. {@code offline} is always there. */
    Map<String, @Valid Entry> models();

    /** One model. */
    interface Entry {

        /** Whose wire its server speaks. */
        Provider provider();

        /** What the provider calls it; its name in this catalogue where nothing is given. */
        Optional<String> id();

        /** Where the provider's interface begins, such as {@code https://generativelanguage.googleapis.com/v1beta}. */
        Optional<URI> baseUrl();

        /** The provider's key; never shown. */
        Optional<String> apiKey();

        /** Most tokens of one turn's prompt and answer together, 1,000 to 100,000,000. */
        @WithDefault("128000")
        @Min(1_000)
        @Max(100_000_000)
        long contextTokens();

        /** Most tokens of one answer, 1 to 10,000,000; the provider's own bound where nothing is given. */
        Optional<@Min(1) @Max(10_000_000) Integer> maxOutputTokens();

        /** How a server on OpenAI's wire is told the bound on its answer: {@code max-tokens} or {@code max-completion-tokens}. */
        @WithDefault("max-tokens")
        OutputLimit outputLimit();

        /** PEM file of the only certificate authorities that the server's certificate may come from; the JDK's without it. */
        Optional<Path> caFile();

        /** Whether answers are streamed. */
        @WithDefault("true")
        boolean stream();

        /** Most calls that one replica has open at once, 1 to 100,000. */
        @WithDefault("1024")
        @Min(1)
        @Max(100_000)
        int concurrency();

        /** Most calls that wait in one replica for their turn, 0 to 1,000,000; more are refused at once. */
        @WithDefault("10000")
        @Min(0)
        @Max(1_000_000)
        int waiting();

        /** How often a call is made in all that fails for no lasting reason before it said anything, 1 to 5. */
        @WithDefault("2")
        @Min(1)
        @Max(5)
        int attempts();

        /** For how long a model is left alone that mostly fails, 100 ms to 10 min. */
        @WithDefault("15s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 10)
        Duration rest();

        Timeouts timeout();

        /** Names of the models that answer in this one's place where it cannot, in this order. */
        Optional<List<String>> fallback();

        /** Where nothing is given, turns cost nothing. */
        Optional<Price> price();
    }

    /** How long things may take. */
    interface Timeouts {

        /** To reach the server: waiting for a free connection, name, TCP and TLS; 10 ms to 1 min. */
        @WithDefault("5s")
        @DurationMin(millis = 10)
        @DurationMax(minutes = 1)
        Duration connect();

        /** To wait until the model's own limits let a call through, 1 ms to 1 h. */
        @WithDefault("30s")
        @DurationMin(millis = 1)
        @DurationMax(hours = 1)
        Duration turn();

        /** From the call to the first sign of life, 10 ms to 1 h. */
        @WithDefault("60s")
        @DurationMin(millis = 10)
        @DurationMax(hours = 1)
        Duration firstToken();

        /** Between two signs of life, 10 ms to 1 h. */
        @WithDefault("30s")
        @DurationMin(millis = 10)
        @DurationMax(hours = 1)
        Duration idle();

        /** From the call to the end of its turn, 10 ms to 1 h. */
        @WithDefault("4m")
        @DurationMin(millis = 10)
        @DurationMax(hours = 1)
        Duration attempt();
    }

    /** US dollars for a million tokens, each 0 or more. */
    interface Price {

        @DecimalMin("0")
        BigDecimal input();

        /** Of tokens that the provider had in its cache; as other input where nothing is given. */
        Optional<@DecimalMin("0") BigDecimal> cachedInput();

        /** Thoughts included. */
        @DecimalMin("0")
        BigDecimal output();

        /** Other prices for long prompts. */
        Optional<LongPrompts> longPrompts();
    }

    /** What prompts cost that are longer than a bound, with all of their tokens. */
    interface LongPrompts {

        /** Tokens, 1 or more. */
        @Min(1)
        long above();

        @DecimalMin("0")
        BigDecimal input();

        Optional<@DecimalMin("0") BigDecimal> cachedInput();

        @DecimalMin("0")
        BigDecimal output();
    }

    /** Whose wire a server speaks. */
    enum Provider {
        /** Google's Gemini API, generateContent. */
        GEMINI,
        /** OpenAI's chat completions, as many servers speak them. */
        OPENAI
    }
}
