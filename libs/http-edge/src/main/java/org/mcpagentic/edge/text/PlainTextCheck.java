package org.mcpagentic.edge.text;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@link PlainText}.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/">Unicode Technical Report 36, security considerations</a>
 */
public final class PlainTextCheck implements ConstraintValidator<PlainText, CharSequence> {

    private static final int DELETE = 0x7F;
    private static final int LAST_C1 = 0x9F;

    /** Of other categories, and shown as nothing all the same: a joiner, and the fillers of Hangul. */
    private static final String INVISIBLE_LETTERS = "\u034F\u115F\u1160\u3164\uFFA0";

    private static final Set<Integer> INVISIBLE =
            Set.of((int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int) Character.PARAGRAPH_SEPARATOR);

    @Override
    public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
        return text == null || text.codePoints().noneMatch(PlainTextCheck::isRefused);
    }

    private static boolean isRefused(int character) {
        return FreeTextCheck.isControl(character)
                || (character >= DELETE && character <= LAST_C1)
                || INVISIBLE_LETTERS.indexOf(character) >= 0
                || INVISIBLE.contains(Character.getType(character));
    }
}
