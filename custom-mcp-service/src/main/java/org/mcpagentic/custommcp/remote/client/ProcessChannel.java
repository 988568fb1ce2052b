package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;
import org.mcpagentic.custommcp.tools.fetch.Deadline;

/**
 * A child process that is spoken to by lines of JSON: one request at a time, for development. It gets no variable of our
 * environment but {@code PATH}, and does not outlive us.
 */
final class ProcessChannel implements Channel {

    private static final int MOST_WAITING = 256;

    private final List<String> command;
    private final int mostBytes;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Child> child = Optional.empty();

    /** What the reading thread passes on. */
    private sealed interface Heard {}

    private record Said(JsonNode message) implements Heard {}

    private record Over(RemoteException why) implements Heard {}

    private record Child(Process process, OutputStream in, BlockingQueue<Heard> heard) {}

    ProcessChannel(List<String> command, int mostBytes) {
        this.command = List.copyOf(command);
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean isHttp() {
        return false;
    }

    @Override
    public Reply ask(long id, ObjectNode request, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException {
        turn.lockInterruptibly();
        boolean answered = false;
        try {
            Child running = running();
            write(running, request);
            Reply reply = new Reply(200, Optional.of(answer(running, id, deadline)), Optional.empty());
            answered = true;
            return reply;
        } finally {
            if (!answered) {
                // why: what it may still be doing would be taken for the next answer's time
                stop();
            }
            turn.unlock();
        }
    }

    @Override
    public void tell(ObjectNode notification, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException {
        turn.lockInterruptibly();
        try {
            write(running(), notification);
        } finally {
            turn.unlock();
        }
    }

    private static JsonNode answer(Child running, long id, Deadline deadline)
            throws RemoteException, InterruptedException {
        while (true) {
            Heard heard = running.heard().poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            if (heard == null) {
                throw new RemoteException(Kind.UNREACHABLE, "the server did not answer in time");
            }
            switch (heard) {
                case Over(RemoteException why) -> throw why;
                case Said(JsonNode message) -> {
                    if (Message.isResponseTo(id, message)) {
                        return message;
                    }
                    if (Message.isRequest(message)) {
                        write(running, Message.declined(message));
                    }
                }
            }
        }
    }

    private Child running() throws RemoteException {
        if (child.filter(known -> known.process().isAlive()).isEmpty()) {
            child = Optional.of(begin());
        }
        return child.orElseThrow();
    }

    private Child begin() throws RemoteException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = builder.environment().getOrDefault("PATH", "");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        try {
            Process process = builder.start();
            BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MOST_WAITING);
            Thread.ofPlatform().daemon().name("mcp-process").start(() -> listen(process, heard));
            return new Child(process, process.getOutputStream(), heard);
        } catch (IOException e) {
            throw new RemoteException(Kind.UNREACHABLE, "the server's program cannot be started");
        }
    }

    private void listen(Process process, BlockingQueue<Heard> heard) {
        Lines lines = new Lines(new BufferedInputStream(process.getInputStream()), mostBytes);
        try {
            try {
                for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                    lines.begin();
                    heard.put(new Said(Message.read(line.get())));
                }
                heard.put(new Over(new RemoteException(Kind.UNREACHABLE, "the server's program ended")));
            } catch (IOException e) {
                heard.put(new Over(new RemoteException(Kind.UNREACHABLE, "the server's program ended")));
            } catch (RemoteException e) {
                heard.put(new Over(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Child running, ObjectNode message) throws RemoteException {
        try {
            running.in().write(Message.bytes(message));
            running.in().write('\n');
            running.in().flush();
        } catch (IOException e) {
            throw new RemoteException(Kind.UNREACHABLE, "the server's program ended");
        }
    }

    private void stop() {
        child.ifPresent(running -> {
            running.process().descendants().forEach(ProcessHandle::destroyForcibly);
            running.process().destroyForcibly();
        });
        child = Optional.empty();
    }

    @Override
    public void close() {
        // why without its turn: whoever has it may wait for long
        stop();
    }
}
