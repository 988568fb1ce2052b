package org.mcpagentic.edge.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;

/**
 * Puts the deadlines into every connection that a server of this process accepts. Neither Quarkus nor Vert.x has a limit on
 * the time of a request's head; this is Netty's own way to add to what they set up, found through {@code META-INF/services}
 * once {@link SlowClientsBean} has asked for it.
 */
@RegisterForReflection
public final class SlowClients extends ChannelInitializerExtension {

    /** Names of the settings as system properties: the extension may live in another class loader than the beans. */
    static final String HEAD_TIMEOUT = "org.mcpagentic.edge.connection.head-timeout";

    static final String READ_TIMEOUT = "org.mcpagentic.edge.connection.read-timeout";

    private final Duration head = setting(HEAD_TIMEOUT, Duration.ofSeconds(10));
    private final Duration read = setting(READ_TIMEOUT, Duration.ofSeconds(30));

    private static Duration setting(String name, Duration unset) {
        String value = System.getProperty(name);
        return value == null ? unset : Duration.parse(value);
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addFirst(new HeadDeadline(head), new ReadDeadline(read));
    }
}
