@NullMarked
package org.mcpagentic.agent.model;

import org.jspecify.annotations.NullMarked;
