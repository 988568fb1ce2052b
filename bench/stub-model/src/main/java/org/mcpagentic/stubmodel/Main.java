package org.mcpagentic.stubmodel;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Runs the stub by itself until it is told to end, then says what it counted. */
public final class Main {
    private Main() {}

    /** Exits with 2 if the options or the script are wrong, with 1 if the port is taken. */
    public static void main(String[] arguments) {
        try {
            run(Options.parse(arguments));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException {
        ScriptFile script =
                options.script().isPresent() ? ScriptFile.read(options.script().get()) : ScriptFile.of(Json.object());
        StubModel stub = options.settings().build();
        stub.byDefault(options.defaultReply());
        script.applyTo(stub);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stub), "end"));
        System.out.println("gemini " + stub.geminiBase());
        System.out.println("openai " + stub.openAiBase());
    }

    private static void end(StubModel stub) {
        Map<Integer, Long> answers = new TreeMap<>(stub.answersByStatus());
        System.out.println("requests " + stub.requestCount());
        answers.forEach((status, count) -> System.out.println("status " + status + " " + count));
        System.out.println("most in flight " + stub.mostInFlight());
        System.out.println("early " + stub.earlyCount());
        System.out.println("while refusing " + stub.whileRefusingCount());
        stub.close();
    }
}
