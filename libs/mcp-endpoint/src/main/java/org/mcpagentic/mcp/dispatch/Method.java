package org.mcpagentic.mcp.dispatch;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A method that clients may ask for. */
public enum Method {
    DISCOVER("server/discover", EnumSet.of(Era.MODERN)),
    INITIALIZE("initialize", EnumSet.of(Era.LEGACY)),
    PING("ping", EnumSet.of(Era.LEGACY)),
    SET_LEVEL("logging/setLevel", EnumSet.of(Era.LEGACY)),
    LIST_TOOLS("tools/list", EnumSet.allOf(Era.class)),
    CALL_TOOL("tools/call", EnumSet.allOf(Era.class)),
    LIST_PROMPTS("prompts/list", EnumSet.allOf(Era.class)),
    GET_PROMPT("prompts/get", EnumSet.allOf(Era.class)),
    LIST_RESOURCES("resources/list", EnumSet.allOf(Era.class)),
    LIST_TEMPLATES("resources/templates/list", EnumSet.allOf(Era.class)),
    READ_RESOURCE("resources/read", EnumSet.allOf(Era.class)),
    SUBSCRIBE("resources/subscribe", EnumSet.of(Era.LEGACY)),
    UNSUBSCRIBE("resources/unsubscribe", EnumSet.of(Era.LEGACY)),
    COMPLETE("completion/complete", EnumSet.allOf(Era.class)),
    LISTEN("subscriptions/listen", EnumSet.of(Era.MODERN)),
    GET_TASK("tasks/get", EnumSet.of(Era.MODERN)),
    UPDATE_TASK("tasks/update", EnumSet.of(Era.MODERN)),
    CANCEL_TASK("tasks/cancel", EnumSet.of(Era.MODERN));

    private static final Map<String, Method> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Method::wireName, Function.identity()));

    private final String wireName;

    // why: immutable in effect; nobody else has it
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Era> eras;

    Method(String wireName, Set<Era> eras) {
        this.wireName = wireName;
        this.eras = eras;
    }

    /** The method of that name; nothing where the era has none. */
    public static Optional<Method> of(Era era, String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName)).filter(method -> method.eras.contains(era));
    }

    public String wireName() {
        return wireName;
    }

    /** The parameter that names what the request is about; clients of 2026-07-28 repeat it in the header {@code Mcp-Name}. */
    public Optional<String> subject() {
        return switch (this) {
            case CALL_TOOL, GET_PROMPT -> Optional.of("name");
            case READ_RESOURCE -> Optional.of("uri");
            case GET_TASK, UPDATE_TASK, CANCEL_TASK -> Optional.of("taskId");
            case DISCOVER,
                    INITIALIZE,
                    PING,
                    SET_LEVEL,
                    LIST_TOOLS,
                    LIST_PROMPTS,
                    LIST_RESOURCES,
                    LIST_TEMPLATES,
                    SUBSCRIBE,
                    UNSUBSCRIBE,
                    COMPLETE,
                    LISTEN -> Optional.empty();
        };
    }
}
