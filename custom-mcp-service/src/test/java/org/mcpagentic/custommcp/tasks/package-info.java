@NullMarked
package org.mcpagentic.custommcp.tasks;

import org.jspecify.annotations.NullMarked;
