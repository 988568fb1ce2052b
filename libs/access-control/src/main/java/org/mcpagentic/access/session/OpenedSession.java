package org.mcpagentic.access.session;

import org.mcpagentic.access.Principal;
import org.mcpagentic.access.token.Token;

/**
 * A session that has just begun.
 *
 * @param token what the browser proves itself by; it is kept nowhere else
 * @param principal who signed in
 */
public record OpenedSession(Token token, Principal principal) {}
