package org.mcpagentic.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What people see: whole lines, each with the name of who says it, in its colour on a terminal. */
final class Console {
    private static final String LAUNCHER = "launcher";
    private static final String BOLD = "1";
    private static final String RED = "1;31";
    private static final List<String> COLOURS = List.of("36", "32", "35", "33", "34", "96", "92", "95", "93", "94");

    private final PrintStream out;
    private final boolean coloured;
    private final int nameWidth;
    private final Map<String, String> colours = new ConcurrentHashMap<>();
    private final Stopwatch watch = Stopwatch.start();

    /** Shows lines of people whose names have at most that many characters. */
    Console(PrintStream out, boolean coloured, int nameWidth) {
        this.out = out;
        this.coloured = coloured;
        this.nameWidth = Math.max(nameWidth, LAUNCHER.length());
    }

    /** Takes the lines of one process. */
    Consumer<String> linesOf(String name) {
        String colour = colours.computeIfAbsent(name, ignored -> COLOURS.get(colours.size() % COLOURS.size()));
        return line -> print(name, colour, line);
    }

    /** A step of the launcher, with the time since its start. */
    void say(String message) {
        print(LAUNCHER, BOLD, "%6s  %s".formatted(watch, message));
    }

    /** As {@link #say}, for what people should notice. */
    void warn(String message) {
        print(LAUNCHER, RED, "%6s  %s".formatted(watch, message));
    }

    /** A framed block of lines. */
    synchronized void frame(List<String> lines) {
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        String edge = "+-" + "-".repeat(width) + "-+";
        out.println(edge);
        lines.forEach(line -> out.println("| " + line + " ".repeat(width - line.length()) + " |"));
        out.println(edge);
        out.flush();
    }

    private synchronized void print(String name, String colour, String line) {
        String prefix = name + " ".repeat(Math.max(0, nameWidth - name.length())) + " |";
        out.println((coloured ? "\u001b[" + colour + "m" + prefix + "\u001b[0m" : prefix) + " " + line);
        out.flush();
    }
}
