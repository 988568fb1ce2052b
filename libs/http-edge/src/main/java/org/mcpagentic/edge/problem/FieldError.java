package org.mcpagentic.edge.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's path in the JSON body, such as {@code tools[0]}, or a parameter's name
 * @param message what is expected of it, for a person
 */
@RegisterForReflection
public record FieldError(String field, String message) {}
