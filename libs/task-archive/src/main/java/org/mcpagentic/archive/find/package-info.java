@NullMarked
package org.mcpagentic.archive.find;

import org.jspecify.annotations.NullMarked;
