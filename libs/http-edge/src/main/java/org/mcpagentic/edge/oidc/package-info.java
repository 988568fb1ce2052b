/** Tokens of an OpenID provider: whose keys they are signed with, what they have to say, and what their claims grant here. */
@NullMarked
package org.mcpagentic.edge.oidc;

import org.jspecify.annotations.NullMarked;
