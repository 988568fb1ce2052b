package org.mcpagentic.testsupport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a query or of a form's body. */
public final class Form {

    private Form() {}

    /** Each field once; none where there is no text. */
    public static Map<String, String> parse(@Nullable String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text == null ? new String[0] : text.split("&", -1)) {
            int end = field.indexOf('=');
            if (end > 0
                    && fields.put(
                                    URLDecoder.decode(field.substring(0, end), StandardCharsets.UTF_8),
                                    URLDecoder.decode(field.substring(end + 1), StandardCharsets.UTF_8))
                            != null) {
                throw new IllegalArgumentException("a field is there twice");
            }
        }
        return fields;
    }
}
