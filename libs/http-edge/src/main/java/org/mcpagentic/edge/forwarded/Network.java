package org.mcpagentic.edge.forwarded;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network, or a single address.
 *
 * @param first its first address
 * @param bits how many leading bits its addresses share: 7 to 32 of IPv4, 7 to 128 of IPv6
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
public record Network(InetAddress first, int bits) {

    /** Short enough for {@code fc00::/7}; what is wider is not the network of somebody's proxies. */
    private static final int FEWEST_BITS = 7;

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/([0-9]{1,3}))?");

    public Network {
        if (bits < FEWEST_BITS || bits > length(first)) {
            throw new IllegalArgumentException(
                    "the bits of a network must be " + FEWEST_BITS + " to 32 (IPv4) or 128 (IPv6)");
        }
        if (number(first).getLowestSetBit() >= 0 && number(first).getLowestSetBit() < length(first) - bits) {
            throw new IllegalArgumentException("a network must be given by its first address");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
     *
     * @throws IllegalArgumentException if it is none, a name, or wider than 7 bits
     */
    public static Network of(String text) {
        Matcher parts = TEXT.matcher(text);
        InetAddress first = parts.matches() ? address(parts.group(1)).orElse(null) : null;
        if (first == null) {
            throw new IllegalArgumentException("not an address or a network, such as 10.0.0.0/8");
        }
        return new Network(first, parts.group(2) == null ? length(first) : Integer.parseInt(parts.group(2)));
    }

    /** Reads an address without asking anybody for a name; an IPv4 one that is written as IPv6 is IPv4. */
    public static Optional<InetAddress> address(String text) {
        // why the length: beyond it is no address, and nothing of it is looked at
        byte @Nullable [] bytes = text.length() > 45 ? null : NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    boolean contains(InetAddress address) {
        int rest = length(first) - bits;
        return length(address) == length(first)
                && number(address).shiftRight(rest).equals(number(first).shiftRight(rest));
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * 8;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
