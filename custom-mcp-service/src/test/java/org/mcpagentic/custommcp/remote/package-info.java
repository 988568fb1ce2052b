@NullMarked
package org.mcpagentic.custommcp.remote;

import org.jspecify.annotations.NullMarked;
