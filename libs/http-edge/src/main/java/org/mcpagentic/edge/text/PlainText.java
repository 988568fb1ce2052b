package org.mcpagentic.edge.text;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A name, a label, an id: what people compare by eye. Beside what {@link FreeText} refuses it holds no DEL, no C1 controls, and
 * nothing that cannot be seen or turns the direction of what can: two that look alike could otherwise differ.
 */
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Constraint(validatedBy = PlainTextCheck.class)
public @interface PlainText {

    String message() default "must not hold control characters or invisible ones";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
