@NullMarked
package org.mcpagentic.archive.s3;

import org.jspecify.annotations.NullMarked;
