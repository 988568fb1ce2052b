@NullMarked
package org.mcpagentic.testsupport;

import org.jspecify.annotations.NullMarked;
