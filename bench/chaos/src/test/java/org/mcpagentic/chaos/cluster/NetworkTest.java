package org.mcpagentic.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.chaos.plan.Fault.Direction;

/** Against a server that says what it is told. */
class NetworkTest {

    private static final int PATIENCE_MILLIS = 400;

    private final ServerSocket server;
    private final Network network;
    private final Socket client;

    NetworkTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        network = Network.to(server.getLocalPort());
        client = connected();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        network.close();
        server.close();
    }

    @Test
    void carriesBothWays() throws IOException {
        assertThat(echoed(client, 7)).isEqualTo(7);
    }

    @Test
    void takesLongerEachWayWhereItIsSlow() throws IOException {
        echoed(client, 1);
        network.delay(Duration.ofMillis(100));
        long begin = System.nanoTime();

        echoed(client, 2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void endsConnectionsThatAreCutAndTakesNewOnes() throws IOException {
        echoed(client, 1);

        network.cut();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        try (Socket another = connected()) {
            assertThat(echoed(another, 3)).isEqualTo(3);
        }
    }

    @Test
    void swallowsOnOldConnectionsWhereItIsSilentAndCarriesOnNewOnes() throws IOException {
        echoed(client, 1);

        network.silence();

        assertThatThrownBy(() -> echoed(client, 2)).isInstanceOf(SocketTimeoutException.class);
        try (Socket another = connected()) {
            assertThat(echoed(another, 3)).isEqualTo(3);
        }
    }

    @Test
    void holdsBackWhereItIsBlockedAndDeliversAfterwards() throws IOException {
        echoed(client, 1);
        for (Direction direction : Direction.values()) {
            network.block(direction);
            assertThatThrownBy(() -> echoed(client, 2)).isInstanceOf(SocketTimeoutException.class);

            network.heal();

            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(network.url()).getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static int echoed(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                Thread.ofVirtual().start(() -> echo(accepted));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException broken) {
            // why nothing: it was cut on purpose
        }
    }
}
