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

/** What a person or program writes for a model: any characters but NUL and the other C0 controls, save tab, LF and CR. */
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Constraint(validatedBy = FreeTextCheck.class)
public @interface FreeText {

    String message() default "must not hold control characters other than tab, line feed and carriage return";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
