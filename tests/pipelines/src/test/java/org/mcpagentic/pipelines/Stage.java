package org.mcpagentic.pipelines;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pipeline does at once.
 *
 * @param name what people see
 * @param commands what is run, in order
 * @param axes the values of each variable, for all combinations of which it is done
 * @param approved whether a person lets it begin
 */
record Stage(String name, List<String> commands, Map<String, List<String>> axes, boolean approved) {
    Stage {
        commands = List.copyOf(commands);
        axes = new TreeMap<>(axes);
    }
}
