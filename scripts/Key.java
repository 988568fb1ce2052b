import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists, creates, rotates and revokes API keys through custom-mcp-service, and makes tenants; {@code make key} runs it from this file. Prints
 * the service's JSON, one line per answer. The caller's own key comes from the environment alone: arguments are for all to see.
 */
public final class Key {

    private static final int REFUSED = 1;
    private static final int MISUSED = 2;
    private static final int UNREACHABLE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<String> NAMES = List.of("DO", "ID", "NAME", "SCOPES", "TENANT", "EXPIRES", "GRACE");
    private static final Pattern NEXT = Pattern.compile("\"next_cursor\":\"([0-9a-z]+)\"}$");
    private static final Pattern DETAIL = Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String USAGE = """
            usage: make key                                             lists the keys of your tenant, or of TENANT=
                   make key DO=create NAME='build server' SCOPES='tasks:read tasks:write' [TENANT=] [EXPIRES=2027-12-31T00:00:00Z]
                   make key DO=rotate ID=k0-... [GRACE=<seconds for which the old token stays valid>]
                   make key DO=revoke ID=k0-...
                   make key DO=tenant TENANT=acme                       makes a tenant
            MCP_KEY is your own key's token, MCP_URL where custom-mcp-service is (http://localhost:8000); both in the environment""";

    private final Map<String, String> given;
    private final URI service;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private Key(Map<String, String> given, URI service, String key) {
        this.given = given;
        this.service = service;
        this.key = key;
    }

    public static void main(String[] arguments) {
        // why: JSON is UTF-8, whatever the terminal's language
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(arguments, System.getenv(), out, System.err));
    }

    private static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            return new Key(given(arguments), service(environment), key(environment)).run(out, err);
        } catch (IllegalArgumentException e) {
            err.println("key: " + e.getMessage());
            err.println(USAGE);
            return MISUSED;
        } catch (IOException e) {
            err.println("key: the service does not answer: " + e);
            return UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNREACHABLE;
        }
    }

    private static Map<String, String> given(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int split = argument.indexOf('=');
            if (split < 0 || !NAMES.contains(argument.substring(0, split))) {
                throw new IllegalArgumentException("there is no such argument: " + argument);
            }
            given.put(argument.substring(0, split), argument.substring(split + 1));
        }
        return given;
    }

    private static URI service(Map<String, String> environment) {
        String url = environment.getOrDefault("MCP_URL", "http://localhost:8000");
        if (!url.matches("https?://.+")) {
            throw new IllegalArgumentException("MCP_URL begins with http:// or https://");
        }
        return URI.create(url.endsWith("/") ? url : url + "/");
    }

    private static String key(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MCP_KEY"))
                .map(String::strip)
                .filter(text -> text.matches("[A-Za-z0-9._~+/=-]+"))
                .orElseThrow(() -> new IllegalArgumentException("MCP_KEY is not the token of a key"));
    }

    private int run(PrintStream out, PrintStream err) throws IOException, InterruptedException {
        String what = value("DO").orElse("list");
        return switch (what) {
            case "list" -> list(out, err);
            case "create" -> told(send("POST", "admin/key", creation()), out, err);
            case "rotate" -> told(send("POST", one() + "/rotate", rotation()), out, err);
            case "revoke" -> told(send("DELETE", one(), ""), out, err);
            case "tenant" -> told(send("POST", "admin/tenant", "{\"tenant\":" + json(needed("TENANT")) + "}"), out, err);
            default -> throw new IllegalArgumentException("DO is list, create, rotate, revoke or tenant");
        };
    }

    /** All pages, a line each. */
    private int list(PrintStream out, PrintStream err) throws IOException, InterruptedException {
        String tenant = value("TENANT").map(name -> "&tenant=" + encoded(name)).orElse("");
        String cursor = "";
        while (true) {
            HttpResponse<String> answer = send("GET", "admin/key?limit=200" + tenant + cursor, "");
            int status = told(answer, out, err);
            Matcher next = NEXT.matcher(answer.body());
            if (status != 0 || !next.find()) {
                return status;
            }
            cursor = "&cursor=" + next.group(1);
        }
    }

    private String creation() {
        String scopes = Arrays.stream(needed("SCOPES").split("[\\s,]+", -1))
                .filter(scope -> !scope.isEmpty())
                .map(Key::json)
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"name\":" + json(needed("NAME")) + ",\"scopes\":" + scopes
                + value("TENANT").map(tenant -> ",\"tenant\":" + json(tenant)).orElse("")
                + value("EXPIRES").map(time -> ",\"expires_at\":" + json(time)).orElse("") + "}";
    }

    private String rotation() {
        String grace = value("GRACE").orElse("0");
        if (!grace.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("GRACE is a number of seconds, 0 to 604800");
        }
        return "{\"grace\":" + grace + "}";
    }

    private String one() {
        return "admin/key/" + encoded(needed("ID"));
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json, application/problem+json");
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static int told(HttpResponse<String> answer, PrintStream out, PrintStream err) {
        if (answer.statusCode() / 100 == 2) {
            if (!answer.body().isEmpty()) {
                out.println(answer.body());
            }
            return 0;
        }
        Matcher detail = DETAIL.matcher(answer.body());
        err.println("key: " + answer.statusCode() + (detail.find() ? " " + detail.group(1) : ""));
        return REFUSED;
    }

    private String needed(String name) {
        return value(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name)).filter(text -> !text.isBlank());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') {
                json.append('\\').append(unit);
            } else if (unit < ' ') {
                json.append(String.format("\\u%04x", (int) unit));
            } else {
                json.append(unit);
            }
        }
        return json.append('"').toString();
    }
}
