package org.mcpagentic.stubmodel;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request line asks for. */
sealed interface Route {
    /** The list of the models. */
    record Models(Provider provider) implements Route {}

    /** A turn of a model. */
    record Generation(Provider provider, Wire.Target target) implements Route {}

    /** Nothing that there is. */
    record Unknown(Provider provider) implements Route {}

    Pattern GENERATION = Pattern.compile("/v1beta/models/([^/:]+):(generateContent|streamGenerateContent)");

    Provider provider();

    static Route of(HttpServerRequest request) {
        String path = Optional.ofNullable(request.path()).orElse("/").replace("%3A", ":");
        Provider provider = path.startsWith("/v1beta/") ? Provider.GEMINI : Provider.OPENAI;
        boolean get = request.method().equals(HttpMethod.GET);
        boolean post = request.method().equals(HttpMethod.POST);
        if (get && (path.equals("/v1beta/models") || path.equals("/v1/models"))) {
            return new Models(provider);
        }
        if (post && path.equals("/v1/chat/completions")) {
            return new Generation(provider, new Wire.Target("", false, true));
        }
        Matcher generation = GENERATION.matcher(path);
        if (post && generation.matches()) {
            boolean streamed = generation.group(2).equals("streamGenerateContent");
            boolean events = "sse".equals(request.getParam("alt"));
            return new Generation(provider, new Wire.Target(generation.group(1), streamed, events));
        }
        return new Unknown(provider);
    }
}
