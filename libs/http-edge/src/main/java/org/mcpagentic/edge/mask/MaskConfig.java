package org.mcpagentic.edge.mask;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** What is masked in the text of models, tools and logs beside what is known to be a secret. */
@ConfigMapping(prefix = "mask")
public interface MaskConfig {

    /**
     * Regular expressions by the name that is shown in the place of what they find. The language is the part of regular
     * expressions that needs no backtracking; see {@code docs/reference/configuration.md}.
     */
    Map<String, String> patterns();
}
