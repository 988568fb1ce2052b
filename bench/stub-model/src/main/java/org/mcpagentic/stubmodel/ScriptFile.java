package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script in JSON, see the module's README. */
final class ScriptFile {
    private record Rule(String when, List<Reply> then) {}

    private final List<Rule> rules;
    private final List<Reply> byDefault;

    private ScriptFile(List<Rule> rules, List<Reply> byDefault) {
        this.rules = rules;
        this.byDefault = byDefault;
    }

    /**
     * Reads a script.
     *
     * @throws IOException if the file cannot be read or is no JSON
     * @throws IllegalArgumentException if it is no script; the message says where
     */
    static ScriptFile read(Path file) throws IOException {
        return of(Json.read(Files.readAllBytes(file)));
    }

    /** @throws IllegalArgumentException if it is no script; the message says where */
    static ScriptFile of(JsonNode script) {
        Fields fields = Fields.of(script, "script");
        List<Rule> rules = new ArrayList<>();
        List<JsonNode> written = fields.list("rules");
        for (int i = 0; i < written.size(); i++) {
            String path = "rules[" + i + "]";
            Fields rule = Fields.of(written.get(i), path);
            rules.add(new Rule(rule.text("when"), replies(rule.list("then"), path + ".then")));
            rule.checkNothingElse();
        }
        List<Reply> byDefault = replies(fields.list("default"), "default");
        fields.checkNothingElse();
        return new ScriptFile(rules, byDefault);
    }

    /** Adds the rules; the default only if the script has one. */
    void applyTo(StubModel stub) {
        rules.forEach(rule -> stub.when(rule.when()).then(rule.then().toArray(Reply[]::new)));
        if (!byDefault.isEmpty()) {
            stub.byDefault(byDefault.toArray(Reply[]::new));
        }
    }

    static List<Reply> replies(List<JsonNode> written, String path) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            replies.add(ScriptedReply.read(Fields.of(written.get(i), path + "[" + i + "]")));
        }
        return replies;
    }

    /** The fields of an object, each taken once, so that those left over are known to be misspelt. */
    static final class Fields {
        private final ObjectNode left;
        private final String path;

        private Fields(ObjectNode left, String path) {
            this.left = left;
            this.path = path;
        }

        static Fields of(JsonNode node, String path) {
            if (node instanceof ObjectNode object) {
                return new Fields(object.deepCopy(), path);
            }
            throw new IllegalArgumentException(path + " is to be an object");
        }

        String path() {
            return path;
        }

        boolean has(String name) {
            return left.has(name);
        }

        String text(String name) {
            JsonNode value = take(name);
            if (!value.isTextual()) {
                throw wrong(name, "a text");
            }
            return value.textValue();
        }

        int number(String name) {
            JsonNode value = take(name);
            if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                throw wrong(name, "a whole number");
            }
            return value.intValue();
        }

        boolean yes(String name) {
            JsonNode value = take(name);
            if (!value.isBoolean()) {
                throw wrong(name, "true or false");
            }
            return value.booleanValue();
        }

        Fields object(String name) {
            return of(take(name), path + "." + name);
        }

        JsonNode any(String name) {
            return take(name);
        }

        /** The elements of a list, none where the field is missing. */
        List<JsonNode> list(String name) {
            if (!left.has(name)) {
                return List.of();
            }
            JsonNode value = take(name);
            if (!value.isArray()) {
                throw wrong(name, "a list");
            }
            return value.valueStream().toList();
        }

        void checkNothingElse() {
            left.properties().stream().findFirst().ifPresent(field -> {
                throw new IllegalArgumentException(path + " has no field " + field.getKey());
            });
        }

        private JsonNode take(String name) {
            if (!left.has(name)) {
                throw new IllegalArgumentException(path + "." + name + " is missing");
            }
            return left.remove(name);
        }

        private IllegalArgumentException wrong(String name, String right) {
            return new IllegalArgumentException(path + "." + name + " is to be " + right);
        }
    }
}
