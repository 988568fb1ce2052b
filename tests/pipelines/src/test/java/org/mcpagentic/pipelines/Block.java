package org.mcpagentic.pipelines;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directive or step of a declarative Jenkinsfile.
 *
 * @param name its name; for an assignment {@code =}
 * @param arguments what it is given, as text; for an assignment the variable and its value
 * @param children what is in its braces
 */
record Block(String name, List<String> arguments, List<Block> children) {
    Block {
        arguments = List.copyOf(arguments);
        children = List.copyOf(children);
    }

    Optional<Block> child(String wanted) {
        return children.stream().filter(child -> child.name().equals(wanted)).findFirst();
    }

    /** All blocks of this name below this one, at any depth, in their order. */
    Stream<Block> all(String wanted) {
        return children.stream()
                .flatMap(child -> Stream.concat(
                        child.name().equals(wanted) ? Stream.of(child) : Stream.empty(), child.all(wanted)));
    }
}
