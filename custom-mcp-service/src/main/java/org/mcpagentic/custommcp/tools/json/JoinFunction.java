package org.mcpagentic.custommcp.tools.json;

import io.burt.jmespath.Adapter;
import io.burt.jmespath.function.FunctionArgument;
import java.util.List;

/**
 * The {@code join} of JMESPath, which refuses what would become too long before it is put together. The class is named as the
 * library names its own, for it derives the function's name from that.
 */
final class JoinFunction extends io.burt.jmespath.function.JoinFunction {

    @Override
    protected <T> T callFunction(Adapter<T> runtime, List<FunctionArgument<T>> arguments) {
        long glue = runtime.toString(arguments.get(0).value()).length();
        long length = 0;
        for (T part : runtime.toList(arguments.get(1).value())) {
            length += glue + runtime.toString(part).length();
        }
        BoundedRuntime.requireSize(length);
        return super.callFunction(runtime, arguments);
    }
}
