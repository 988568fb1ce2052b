package org.mcpagentic.agent.model;

import java.util.Optional;

/** The models that can be asked. */
public interface Models {

    /** The one that answers where nobody names another. */
    LanguageModel chosen();

    /** The model of that name; nothing where there is none, or none that is ready to be asked. */
    Optional<LanguageModel> named(String name);

    /** The one that was asked for, or the chosen one where none was. */
    default Optional<LanguageModel> of(Optional<String> name) {
        return name.isPresent() ? named(name.get()) : Optional.of(chosen());
    }

    /** One model and no other. */
    static Models only(LanguageModel model) {
        return new Models() {
            @Override
            public LanguageModel chosen() {
                return model;
            }

            @Override
            public Optional<LanguageModel> named(String name) {
                return name.equals(model.name()) ? Optional.of(model) : Optional.empty();
            }
        };
    }
}
