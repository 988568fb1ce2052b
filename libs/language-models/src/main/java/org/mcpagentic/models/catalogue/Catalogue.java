package org.mcpagentic.models.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.offline.OfflineModel;
import org.mcpagentic.models.catalogue.CatalogueConfig.LongPrompts;
import org.mcpagentic.models.catalogue.CatalogueConfig.Price;
import org.mcpagentic.models.catalogue.CatalogueConfig.Timeouts;
import org.mcpagentic.models.flow.Circuit;
import org.mcpagentic.models.flow.FallbackModel;
import org.mcpagentic.models.flow.ModelMetrics;
import org.mcpagentic.models.flow.Pace;
import org.mcpagentic.models.flow.PacedModel;
import org.mcpagentic.models.flow.Patience;
import org.mcpagentic.models.flow.PricedModel;
import org.mcpagentic.models.flow.Prices;

/** The configured models. A model that lacks its key is listed, and cannot be asked. */
public final class Catalogue implements Models {

    /** The model that answers where none is configured and its key is there. */
    static final String FIRST_CHOICE = "gemini-3.8-flash";

    private final SequencedMap<String, LanguageModel> ready = new TreeMap<>();
    private final SequencedMap<String, ModelDescription> descriptions = new TreeMap<>();
    private final LanguageModel chosen;

    /**
     * @throws IllegalStateException where the configuration contradicts itself: the chosen model or a fallback is not in the
     *     catalogue, or the chosen one lacks its key
     */
    Catalogue(CatalogueConfig config, ModelClients clients, ModelMetrics metrics) {
        refuseOwnOffline(config);
        Map<String, LanguageModel> single = new TreeMap<>();
        config.models().forEach((name, entry) -> {
            if (ApiKey.missing(name, entry).isEmpty()) {
                single.put(name, bounded(name, entry, clients, metrics));
            }
        });
        single.put(OfflineModel.NAME, new OfflineModel());
        single.forEach((name, model) -> ready.put(name, chain(config, name, model, single, metrics)));
        String choice = choice(config);
        this.chosen = Optional.ofNullable(ready.get(choice)).orElseThrow(() -> refusal(config, choice));
        config.models().forEach((name, entry) -> descriptions.put(name, describe(name, entry, choice)));
        descriptions.put(OfflineModel.NAME, describeOffline(choice));
    }

    @Override
    public LanguageModel chosen() {
        return chosen;
    }

    @Override
    public Optional<LanguageModel> named(String name) {
        return Optional.ofNullable(ready.get(name));
    }

    /** Names of the models that can be asked, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(ready.sequencedKeySet());
    }

    /** All models, also those that lack something, by name. */
    public List<ModelDescription> descriptions() {
        return List.copyOf(descriptions.sequencedValues());
    }

    private String choice(CatalogueConfig config) {
        return config.model().orElse(ready.containsKey(FIRST_CHOICE) ? FIRST_CHOICE : OfflineModel.NAME);
    }

    private static IllegalStateException refusal(CatalogueConfig config, String choice) {
        CatalogueConfig.Entry entry = config.models().get(choice);
        if (entry == null) {
            return new IllegalStateException("MODEL (agent.model) is \"" + choice
                    + "\", which is not in the catalogue; there is: " + names(config));
        }
        return new IllegalStateException("MODEL (agent.model) is \"" + choice + "\", which cannot be asked: "
                + ApiKey.missing(choice, entry).orElse(""));
    }

    private static String names(CatalogueConfig config) {
        return Stream.concat(config.models().keySet().stream(), Stream.of(OfflineModel.NAME))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void refuseOwnOffline(CatalogueConfig config) {
        if (config.models().containsKey(OfflineModel.NAME)) {
            throw new IllegalStateException("agent.models: the name \"offline\" is taken by the embedded model");
        }
    }

    private static LanguageModel bounded(
            String name, CatalogueConfig.Entry entry, ModelClients clients, ModelMetrics metrics) {
        Pace pace = new Pace(name, entry.concurrency(), entry.waiting());
        Circuit circuit = new Circuit(name, entry.rest());
        metrics.watch(name, pace, circuit);
        LanguageModel client = clients.client(name, entry, ApiKey.of(name, entry));
        LanguageModel priced = new PricedModel(client, prices(entry).orElse(Prices.FREE));
        return new PacedModel(priced, pace, circuit, patience(entry), entry.attempts(), metrics);
    }

    private static Patience patience(CatalogueConfig.Entry entry) {
        Timeouts timeouts = entry.timeout();
        // why: a model that does not stream shows its first sign of life at its end
        return new Patience(
                timeouts.turn(),
                entry.stream() ? timeouts.firstToken() : timeouts.attempt(),
                timeouts.idle(),
                timeouts.attempt());
    }

    /** Only a model's own fallbacks are asked, not theirs: a chain is what is written down for it. */
    private static LanguageModel chain(
            CatalogueConfig config,
            String name,
            LanguageModel model,
            Map<String, LanguageModel> single,
            ModelMetrics metrics) {
        List<LanguageModel> chain = new ArrayList<>();
        chain.add(model);
        for (String next : fallback(config.models().get(name))) {
            if (next.equals(name)
                    || !(single.containsKey(next) || config.models().containsKey(next))) {
                throw new IllegalStateException("agent.models.\"" + name
                        + "\".fallback: there is no other model named \"" + next + "\" in the catalogue");
            }
            Optional.ofNullable(single.get(next)).ifPresent(chain::add);
        }
        return chain.size() == 1 ? model : new FallbackModel(chain, metrics);
    }

    private static List<String> fallback(CatalogueConfig.@Nullable Entry entry) {
        return entry == null ? List.of() : entry.fallback().orElse(List.of());
    }

    private static Optional<Prices> prices(CatalogueConfig.Entry entry) {
        return entry.price()
                .map(price -> new Prices(rates(price), price.longPrompts().map(Catalogue::longPrompts)));
    }

    private static Prices.Rates rates(Price price) {
        return new Prices.Rates(price.input(), price.cachedInput().orElse(price.input()), price.output());
    }

    private static Prices.LongPrompts longPrompts(LongPrompts prompts) {
        return new Prices.LongPrompts(
                prompts.above(),
                new Prices.Rates(prompts.input(), prompts.cachedInput().orElse(prompts.input()), prompts.output()));
    }

    private static ModelDescription describe(String name, CatalogueConfig.Entry entry, String choice) {
        return new ModelDescription(
                name,
                entry.provider().name().toLowerCase(Locale.ROOT),
                entry.id().orElse(name),
                name.equals(choice),
                ApiKey.missing(name, entry),
                entry.contextTokens(),
                entry.maxOutputTokens(),
                prices(entry),
                fallback(entry));
    }

    private static ModelDescription describeOffline(String choice) {
        return new ModelDescription(
                OfflineModel.NAME,
                OfflineModel.NAME,
                OfflineModel.NAME,
                OfflineModel.NAME.equals(choice),
                Optional.empty(),
                new OfflineModel().contextTokens(),
                Optional.empty(),
                Optional.of(Prices.FREE),
                List.of());
    }
}
