/** Signing in and out: the cookie, who sends it, what protects it, and what the page is told of them. */
@NullMarked
package org.mcpagentic.dashboard.signin;

import org.jspecify.annotations.NullMarked;
