package org.mcpagentic.store;

/**
 * A caller's promise that two requests are the same one.
 *
 * @param scope method, path and the caller's key in one printable text; scoped to the tenant by the store
 * @param fingerprint a digest of the request's body: the same scope with another fingerprint is refused
 */
public record Idempotency(String scope, String fingerprint) {}
