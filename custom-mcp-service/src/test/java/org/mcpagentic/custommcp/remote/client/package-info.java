@NullMarked
package org.mcpagentic.custommcp.remote.client;

import org.jspecify.annotations.NullMarked;
