package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.csv.CsvConfig;
import org.mcpagentic.custommcp.tools.csv.Query;
import org.mcpagentic.custommcp.tools.csv.Report;
import org.mcpagentic.custommcp.tools.csv.Summary;
import org.mcpagentic.custommcp.tools.csv.TextSource;
import org.mcpagentic.custommcp.tools.fetch.FetchException;
import org.mcpagentic.custommcp.tools.fetch.Fetched;
import org.mcpagentic.custommcp.tools.fetch.Fetcher;
import org.mcpagentic.custommcp.tools.fetch.Preferences;

/** Describes the columns of a CSV file. */
@ApplicationScoped
public class CsvSummaryTool implements Tool {

    private static final int MOST_OUTPUT_CHARS = 40_000;

    /** For figures once the file is read. */
    private static final Duration REPORTING = Duration.ofSeconds(10);

    private static final Preferences CSV =
            new Preferences(Optional.of("text/csv,text/*;q=0.9,*/*;q=0.5"), Optional.empty());

    private static final ObjectNode SCHEMA = Json.object("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": {
                "csv": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200000,
                  "description": "The CSV itself. Either this or url.",
                  "examples": ["city,inhabitants\\nBern,134000\\nBasel,178000"]
                },
                "url": {
                  "type": "string",
                  "minLength": 8,
                  "maxLength": 4096,
                  "description": "Where the CSV file is, http or https, also compressed by gzip. Either this or csv.",
                  "examples": ["https://data.gov/inhabitants.csv"]
                },
                "delimiter": {
                  "type": "string",
                  "maxLength": 4,
                  "enum": ["auto", ",", ";", "|", "tab"],
                  "description": "What separates cells; without it, what fits best."
                },
                "header": {
                  "type": "string",
                  "maxLength": 9,
                  "enum": ["auto", "first_row", "none"],
                  "description": "Whether the first row names the columns; without it, it does where it looks so. Columns without a name are column_1, column_2 and so on."
                },
                "decimal": {
                  "type": "string",
                  "maxLength": 5,
                  "enum": ["point", "comma"],
                  "description": "point, the default: 1.5 is a number. comma: 1,5 is one."
                },
                "encoding": {
                  "type": "string",
                  "maxLength": 12,
                  "enum": ["auto", "utf-8", "utf-16", "iso-8859-1", "windows-1252"],
                  "description": "Of the file at the url; without it, what its server says, else utf-8."
                },
                "columns": {
                  "type": "array",
                  "minItems": 1,
                  "maxItems": 500,
                  "items": {"type": "string", "maxLength": 200},
                  "description": "The columns to describe, by name; without it, all."
                },
                "group_by": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200,
                  "description": "A column of at most 1000 different values: the rows that have the same one are counted, and the columns in aggregate summed up for them."
                },
                "aggregate": {
                  "type": "array",
                  "minItems": 1,
                  "maxItems": 20,
                  "items": {"type": "string", "maxLength": 200},
                  "description": "The columns of numbers whose count, sum, mean, minimum and maximum are wanted for each group."
                },
                "quantiles": {
                  "type": "array",
                  "maxItems": 20,
                  "items": {"type": "number", "minimum": 0, "maximum": 1},
                  "description": "Which quantiles of numbers to tell; without it, the quartiles 0.25, 0.5 and 0.75.",
                  "examples": [[0.01, 0.5, 0.99]]
                }
              },
              "additionalProperties": false
            }
            """);

    private final Fetcher fetcher;
    private final CsvConfig config;
    private final ToolSpec spec;

    CsvSummaryTool(Fetcher fetcher, CsvConfig config) {
        this.fetcher = fetcher;
        this.config = config;
        this.spec = new ToolSpec(
                "csv_summary",
                "Describes the columns of a CSV file, given as text or by its URL: type, missing and distinct values, for numbers "
                        + "minimum, maximum, sum, mean, standard deviation and quantiles, for dates their range, for text the most "
                        + "frequent values; on request the same by group. All rows are read, none is shown.",
                SCHEMA,
                SideEffects.READ_ONLY,
                config.timeout().plus(REPORTING),
                MOST_OUTPUT_CHARS);
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return OwnThread.run(context.threads(), () -> summarise(Arguments.of(arguments, spec)));
    }

    private String summarise(Arguments arguments) throws InterruptedException {
        Query query = query(arguments);
        Optional<String> url = arguments.optionalText("url");
        Optional<Charset> encoding = encoding(arguments.optionalText("encoding").orElse("auto"));
        if (url.isPresent() == arguments.has("csv")) {
            throw new ToolFailure("give either \"csv\", the text itself, or \"url\"");
        }
        try {
            return url.isPresent() ? ofUrl(url.get(), encoding, query) : ofText(arguments.text("csv"), query);
        } catch (FetchException e) {
            throw new ToolFailure(String.valueOf(e.getMessage()));
        } catch (ZipException e) {
            throw new ToolFailure("the file is compressed wrongly");
        } catch (CharacterCodingException e) {
            throw new ToolFailure("the file is not of the encoding that it is read as; "
                    + "give the right one in \"encoding\", often windows-1252");
        } catch (IOException e) {
            throw new ToolFailure("the file could not be read to its end");
        }
    }

    private static String ofText(String csv, Query query) throws IOException, InterruptedException {
        String text = csv.startsWith("\ufeff") ? csv.substring(1) : csv;
        return Report.of(Summary.of(new StringReader(text), query), Optional.empty(), MOST_OUTPUT_CHARS);
    }

    private String ofUrl(String url, Optional<Charset> encoding, Query query) throws IOException, InterruptedException {
        try (Fetched file = fetcher.open(url, CSV, config.timeout())) {
            if (!file.isSuccess()) {
                throw new ToolFailure("the server answers with status " + file.status());
            }
            if (file.mediaType().filter("text/html"::equals).isPresent()) {
                throw new ToolFailure("the URL leads to a web page, not to a CSV file");
            }
            TextSource source = TextSource.of(file.body(), encoding, file.charset(), config.maxBytes());
            Summary summary = Summary.of(source.reader(), query);
            return Report.of(summary, Optional.of(source.charset().name().toLowerCase(Locale.ROOT)), MOST_OUTPUT_CHARS);
        }
    }

    private static Query query(Arguments arguments) {
        List<Double> quantiles = arguments.numbers("quantiles").orElse(Query.QUARTILES);
        return new Query(
                delimiter(arguments.optionalText("delimiter").orElse("auto")),
                header(arguments.optionalText("header").orElse("auto")),
                isComma(arguments.optionalText("decimal").orElse("point")),
                arguments.texts("columns"),
                arguments.optionalText("group_by"),
                arguments.texts("aggregate"),
                quantiles);
    }

    private static Optional<Character> delimiter(String name) {
        return switch (name) {
            case "auto" -> Optional.empty();
            case ",", ";", "|" -> Optional.of(name.charAt(0));
            case "tab", "\t" -> Optional.of('\t');
            default -> throw new ToolFailure("there is no delimiter \"" + name + "\"; there are auto , ; | and tab");
        };
    }

    private static Query.Header header(String name) {
        return switch (name) {
            case "auto" -> Query.Header.AUTO;
            case "first_row" -> Query.Header.FIRST_ROW;
            case "none" -> Query.Header.NONE;
            default -> throw new ToolFailure("there is no header \"" + name + "\"; there are auto, first_row and none");
        };
    }

    private static boolean isComma(String name) {
        return switch (name) {
            case "point" -> false;
            case "comma" -> true;
            default -> throw new ToolFailure("there is no decimal \"" + name + "\"; there are point and comma");
        };
    }

    private static Optional<Charset> encoding(String name) {
        return switch (name) {
            case "auto" -> Optional.empty();
            case "utf-8" -> Optional.of(StandardCharsets.UTF_8);
            case "utf-16" -> Optional.of(StandardCharsets.UTF_16);
            case "iso-8859-1" -> Optional.of(StandardCharsets.ISO_8859_1);
            case "windows-1252" -> Optional.of(Charset.forName("windows-1252"));
            default ->
                throw new ToolFailure("there is no encoding \"" + name
                        + "\"; there are auto, utf-8, utf-16, iso-8859-1 and windows-1252");
        };
    }
}
