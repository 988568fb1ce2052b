@NullMarked
package org.mcpagentic.models.gemini;

import org.jspecify.annotations.NullMarked;
