@NullMarked
package org.mcpagentic.dashboard.planted;

import org.jspecify.annotations.NullMarked;
