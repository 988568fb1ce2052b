package org.mcpagentic.custommcp.remote.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the tools of a server are called here, in at most {@value #MOST_CHARS} characters of {@code a-z 0-9 _ . -}: the server's own name
 * where it is one. Any other is put into lower case, all that is not allowed becomes {@code _}, it is cut to 30 characters, and a
 * hyphen and the first 8 hexadecimal digits of the SHA-256 of the server's name for it follow.
 */
public final class LocalNames {

    /** So that a server's name, a dot and this are the name of a tool. */
    public static final int MOST_CHARS = 39;

    private static final int KEPT = 30;
    private static final Pattern FITS = Pattern.compile("[a-z0-9_.-]{1," + MOST_CHARS + "}");

    private LocalNames() {}

    /** The server's names by ours. Names that fit are kept first; one whose substitute is taken is left out. */
    public static SequencedMap<String, String> of(Collection<String> theirs) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        // why sorted: the same set has the same names whatever its order
        TreeSet<String> all = new TreeSet<>(theirs);
        all.stream().filter(LocalNames::fits).forEach(name -> names.put(name, name));
        all.stream().filter(name -> !fits(name)).forEach(name -> names.putIfAbsent(substitute(name), name));
        return names;
    }

    private static boolean fits(String name) {
        return FITS.matcher(name).matches();
    }

    private static String substitute(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
        return plain.substring(0, Math.min(KEPT, plain.length())) + "-" + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
