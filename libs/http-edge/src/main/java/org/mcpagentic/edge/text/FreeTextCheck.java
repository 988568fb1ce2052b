package org.mcpagentic.edge.text;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Checks {@link FreeText}. */
public final class FreeTextCheck implements ConstraintValidator<FreeText, CharSequence> {

    @Override
    public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
        return text == null || text.chars().noneMatch(FreeTextCheck::isControl);
    }

    /** C0 without what lays out text. */
    static boolean isControl(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r';
    }
}
