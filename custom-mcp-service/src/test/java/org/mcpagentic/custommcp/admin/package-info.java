@NullMarked
package org.mcpagentic.custommcp.admin;

import org.jspecify.annotations.NullMarked;
