@NullMarked
package org.mcpagentic.archive.folder;

import org.jspecify.annotations.NullMarked;
