@NullMarked
package org.mcpagentic.custommcp.remote.standin;

import org.jspecify.annotations.NullMarked;
