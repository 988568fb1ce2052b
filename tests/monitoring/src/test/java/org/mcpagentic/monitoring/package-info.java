@NullMarked
package org.mcpagentic.monitoring;

import org.jspecify.annotations.NullMarked;
