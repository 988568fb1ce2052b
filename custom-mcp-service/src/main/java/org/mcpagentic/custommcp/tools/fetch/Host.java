package org.mcpagentic.custommcp.tools.fetch;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * The host of a URL in its one accepted spelling. What other programs read in several ways (numbers in octal, hexadecimal or
 * short form, full-width digits and dots, zone ids) is refused rather than translated.
 */
public sealed interface Host {

    /** As it stands in a URL and a {@code Host} header: lower case, IPv6 in brackets. */
    String text();

    /** Without brackets, as certificates name it. */
    String peer();

    /**
     * A name of letters, digits and hyphens.
     *
     * @param text lower case, without a dot at the end
     */
    record Name(String text) implements Host {

        private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

        /** Names under these never lead to a public server (RFC 6761, 6762, 8375, 7686, 9476; ICANN's internal; habits). */
        private static final Set<String> NEVER_PUBLIC = Set.of(
                "localhost",
                "localdomain",
                "local",
                "internal",
                "intranet",
                "private",
                "corp",
                "home",
                "lan",
                "svc",
                "arpa",
                "test",
                "invalid",
                "example",
                "onion",
                "alt");

        public Name {
            if (text.length() > 253
                    || !List.of(text.split("\\.", -1)).stream()
                            .allMatch(label -> LABEL.matcher(label).matches())) {
                throw new ToolFailure("the URL's host is no valid name");
            }
        }

        /** Whether the name alone already says that it is not of the public network. */
        boolean isPrivate() {
            int last = text.lastIndexOf('.');
            return last < 0 || NEVER_PUBLIC.contains(text.substring(last + 1)) || text.endsWith(".cluster.local");
        }

        @Override
        public String peer() {
            return text;
        }
    }

    /** An address itself. */
    record Literal(InetAddress address) implements Host {

        @Override
        public String text() {
            return address instanceof Inet6Address ? "[" + peer() + "]" : peer();
        }

        @Override
        public String peer() {
            return NetUtil.toAddressString(address);
        }
    }

    /** @throws ToolFailure where it is not written as it has to be */
    static Host of(String written) {
        if (written.startsWith("[")) {
            return new Literal(ipv6(written));
        }
        String name = asciiName(written);
        if (endsInNumber(name)) {
            return new Literal(ipv4(name));
        }
        return new Name(name);
    }

    private static String asciiName(String written) {
        String name = lowerCaseAscii(written.endsWith(".") ? written.substring(0, written.length() - 1) : written);
        if (name.chars().allMatch(character -> character < 0x80)) {
            return name;
        }
        try {
            String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
            // why: what does not come back unchanged was normalised, and two programs may disagree into what
            if (IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES).equals(name)
                    && name.codePoints().allMatch(Host::mayStandInName)) {
                return ascii.toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException e) {
            // refused below, as what was normalised is
        }
        throw new ToolFailure("the URL's host has characters that can be read in several ways; "
                + "write it in ASCII, an international name in its xn-- form");
    }

    /** Letters, digits and what is written on letters; IDNA 2008 has no symbols, such as a slash that is none. */
    private static boolean mayStandInName(int codePoint) {
        return codePoint < 0x80
                || Character.isLetterOrDigit(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
    }

    private static String lowerCaseAscii(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char character = lower.charAt(i);
            if (character >= 'A' && character <= 'Z') {
                lower.setCharAt(i, (char) (character + 32));
            }
        }
        return lower.toString();
    }

    /** Whether a URL parser reads it as an IPv4 address (WHATWG URL, "ends in a number checker"). */
    private static boolean endsInNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static InetAddress ipv4(String written) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(written);
        if (bytes != null && bytes.length == 4) {
            InetAddress address = address(bytes);
            if (NetUtil.toAddressString(address).equals(written)) {
                return address;
            }
        }
        throw new ToolFailure("the URL's host looks like an IPv4 address; write it as four decimal numbers "
                + "from 0 to 255 without leading zeros");
    }

    private static InetAddress ipv6(String written) {
        String inside = written.substring(1, Math.max(1, written.length() - 1));
        // why: a zone id names one of this machine's own interfaces
        if (written.endsWith("]") && inside.matches("[0-9a-fA-F:.]+")) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(inside);
            if (bytes != null && bytes.length == 16) {
                return ipv6(bytes);
            }
        }
        throw new ToolFailure("the URL's host is no valid IPv6 address");
    }

    private static InetAddress ipv6(byte[] bytes) {
        try {
            // why: unlike InetAddress.getByAddress, this keeps an IPv4-mapped address what it is, to be refused
            return Inet6Address.getByAddress("", bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }
}
