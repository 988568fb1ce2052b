@NullMarked
package org.mcpagentic.custommcp;

import org.jspecify.annotations.NullMarked;
