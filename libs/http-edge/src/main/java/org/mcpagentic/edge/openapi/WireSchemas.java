package org.mcpagentic.edge.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Makes schemas of types what {@link org.mcpagentic.edge.json.StrictJson} makes of values: snake_case names, an absent
 * {@code Optional} left out and never null, everything else always there, durations as seconds, times with milliseconds.
 */
@OpenApiFilter(stages = RunStage.BUILD, priority = 2)
public class WireSchemas implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null || document.getComponents().getSchemas() == null) {
            return;
        }
        Map<String, Schema> schemas =
                new LinkedHashMap<>(document.getComponents().getSchemas());
        schemas.remove("JsonNodeType");
        schemas.replaceAll((name, schema) -> switch (name) {
            case "Duration" -> seconds();
            case "Instant" -> schema.examples(List.of("2026-11-22T10:00:00.123Z"));
            case "JsonNode" -> OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
            default -> onTheWire(schema);
        });
        document.getComponents().setSchemas(schemas);
    }

    private static Schema seconds() {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.NUMBER))
                .minimum(BigDecimal.ZERO)
                .description("seconds")
                .examples(List.of(0.013));
    }

    private static Schema onTheWire(Schema schema) {
        if (schema.getProperties() == null) {
            return schema;
        }
        boolean request = schema.getRequired() != null;
        Map<String, Schema> properties = new LinkedHashMap<>();
        schema.getProperties().forEach((javaName, property) -> {
            String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(javaName);
            boolean optional = isNullable(property);
            properties.put(name, optional ? withoutNull(property) : property);
            // why not for requests: what they require is said by their own annotations
            if (!request && !optional) {
                schema.addRequired(name);
            }
        });
        return schema.properties(properties).additionalPropertiesSchema(null);
    }

    private static boolean isNullable(Schema property) {
        return isNull(property)
                || Optional.ofNullable(property.getAnyOf()).orElse(List.of()).stream()
                        .anyMatch(WireSchemas::isNull);
    }

    private static boolean isNull(Schema schema) {
        return schema.getType() != null && schema.getType().contains(SchemaType.NULL);
    }

    private static Schema withoutNull(Schema property) {
        if (property.getAnyOf() != null) {
            Schema only = property.getAnyOf().stream()
                    .filter(choice -> !isNull(choice))
                    .findFirst()
                    .orElseThrow();
            return only.description(property.getDescription());
        }
        return property.type(property.getType().stream()
                .filter(type -> type != SchemaType.NULL)
                .toList());
    }
}
