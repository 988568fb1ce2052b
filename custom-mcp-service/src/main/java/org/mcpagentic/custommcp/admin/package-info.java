/** Keys and tenants, for those who may make them. */
@NullMarked
package org.mcpagentic.custommcp.admin;

import org.jspecify.annotations.NullMarked;
