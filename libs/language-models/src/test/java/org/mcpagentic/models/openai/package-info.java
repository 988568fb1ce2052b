@NullMarked
package org.mcpagentic.models.openai;

import org.jspecify.annotations.NullMarked;
