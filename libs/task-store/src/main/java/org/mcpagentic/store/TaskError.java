package org.mcpagentic.store;

/**
 * Why a task ended without a result.
 *
 * @param code stable, snake_case, such as {@code model_failed}
 * @param message one or two sentences for a person; no secret, no stack trace
 */
public record TaskError(String code, String message) {}
