package org.mcpagentic.custommcp.tools.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server that may say something else every time it is asked. */
final class Names implements Resolver {

    private final Map<String, Deque<List<InetAddress>>> answers = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** What a name has next; the last answer stays. */
    Names has(String name, String... addresses) {
        List<InetAddress> answer = Arrays.stream(addresses)
                .map(address ->
                        ((Host.Literal) Host.of(address.contains(":") ? "[" + address + "]" : address)).address())
                .toList();
        answers.computeIfAbsent(name, absent -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** The names that were asked for, in order. */
    List<String> asked() {
        return asked;
    }

    @Override
    public synchronized List<InetAddress> resolve(String name, Deadline deadline) throws UnknownHostException {
        asked.add(name);
        Deque<List<InetAddress>> known = answers.get(name);
        if (known == null) {
            throw new UnknownHostException(name);
        }
        return known.size() > 1 ? known.remove() : known.element();
    }
}
