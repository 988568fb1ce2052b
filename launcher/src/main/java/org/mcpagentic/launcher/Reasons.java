package org.mcpagentic.launcher;

import org.mcpagentic.localredis.LocalRedisException;

/** Says why a component could not be started, and which setting changes it. */
final class Reasons {
    private Reasons() {}

    static String of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof LocalRedisException redis) {
            return message
                    + switch (redis.reason()) {
                        case FOLDER_IN_USE -> "; " + Setting.DATA_DIR + " sets it";
                        case PORT_IN_USE -> ": stop that one, or choose another with " + Setting.REDIS_PORT;
                        case NO_BINARY -> ", or set " + Setting.REDIS_URL;
                        case NOT_STARTED, COMMAND_FAILED -> "";
                    };
        }
        return message;
    }
}
