package org.mcpagentic.custommcp.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.mcp.Icon;

/** Pictures of what is offered, drawn here: a client fetches nothing from elsewhere. */
final class Icons {

    /** A hexagon: the service. */
    static final List<Icon> SERVER = drawn("#5b5bd6", "<path d='M12 2l9 5v10l-9 5-9-5V7z'/>");

    /** A wrench's eye: a tool that reads. */
    static final List<Icon> READING = drawn("#30a46c", "<circle cx='10' cy='10' r='7'/><path d='M15 15l7 7'/>");

    /** A pen: a tool that changes something. */
    static final List<Icon> CHANGING = drawn("#e5484d", "<path d='M3 21l1-5L16 4l4 4L8 20z'/>");

    /** A list with ticks: tasks. */
    static final List<Icon> TASK =
            drawn("#0090ff", "<path d='M3 6l2 2 3-4M3 13l2 2 3-4M3 20l2 2 3-4M12 6h9M12 13h9M12 20h9'/>");

    /** A bubble: a prompt. */
    static final List<Icon> PROMPT = drawn("#f76b15", "<path d='M3 4h18v12H9l-6 5z'/>");

    private Icons() {}

    private static List<Icon> drawn(String colour, String shape) {
        String picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='" + colour
                + "' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'>" + shape + "</svg>";
        return List.of(new Icon(
                "data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(picture.getBytes(StandardCharsets.UTF_8)),
                Optional.of("image/svg+xml"),
                List.of("any")));
    }
}
