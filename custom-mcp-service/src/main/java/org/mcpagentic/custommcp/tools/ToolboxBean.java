package org.mcpagentic.custommcp.tools;

import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolSource;
import org.mcpagentic.agent.tool.Toolbox;

/** All tools that are beans, and all sources of them. */
class ToolboxBean {

    @Produces
    @Singleton
    Toolbox toolbox(@All List<Tool> tools, @All List<ToolSource> sources, OutputFilter filter) {
        return new Toolbox(tools, sources, filter);
    }
}
