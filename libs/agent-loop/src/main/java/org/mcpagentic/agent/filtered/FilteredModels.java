package org.mcpagentic.agent.filtered;

import java.util.Optional;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Models;

/** Models whose words are filtered. */
public record FilteredModels(Models models, OutputFilter filter) implements Models {

    @Override
    public LanguageModel chosen() {
        return new FilteredModel(models.chosen(), filter);
    }

    @Override
    public Optional<LanguageModel> named(String name) {
        return models.named(name).map(model -> new FilteredModel(model, filter));
    }
}
