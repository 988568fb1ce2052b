@NullMarked
package org.mcpagentic.custommcp.remote.definition;

import org.jspecify.annotations.NullMarked;
