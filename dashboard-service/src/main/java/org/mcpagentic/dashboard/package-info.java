@NullMarked
package org.mcpagentic.dashboard;

import org.jspecify.annotations.NullMarked;
