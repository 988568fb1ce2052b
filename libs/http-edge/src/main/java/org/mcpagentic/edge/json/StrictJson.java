package org.mcpagentic.edge.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * JSON as the contract has it. Reading is strict, since a lenient server turns typing errors into surprises; a client
 * of other people's APIs needs a mapper of its own.
 */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {

    /** Deeper documents are refused. */
    public static final int MAX_DEPTH = 64;

    /** Longer strings are refused, in characters; fields have bounds of their own below that. */
    public static final int MAX_STRING = 1_048_576;

    /** Documents of more values, names and brackets are refused: the bound on all arrays and objects together. */
    public static final int MAX_TOKENS = 100_000;

    @Override
    public int priority() {
        // why last: what Quarkus' own customizers set by default is to be overridden
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        configure(mapper);
    }

    /** Makes a mapper strict; for code that has no beans, such as tests. */
    @SuppressWarnings("deprecation") // why: the builder's way to the same switches is closed once a mapper exists
    public static ObjectMapper configure(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxNameLength(1_024)
                        .maxStringLength(MAX_STRING)
                        .maxTokenCount(MAX_TOKENS)
                        .build());
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setSerializationInclusion(JsonInclude.Include.NON_ABSENT)
                .registerModule(new ContractTypes())
                .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
                .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, false)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                        DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT);
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }
}
