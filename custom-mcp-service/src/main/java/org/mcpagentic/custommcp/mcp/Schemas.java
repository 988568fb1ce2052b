package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** JSON Schemas (draft 2020-12) of what the tools take and give. */
final class Schemas {

    // why: what follows the first value would be lost
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What any tool of the framework returns. */
    static final ObjectNode TOOL_RESULT = schema("""
            {"type": "object", "required": ["result", "truncated"], "properties": {
              "result": {"description": "what the tool returned: as JSON where it is JSON, else as text"},
              "truncated": {"type": "boolean", "description": "whether the text was cut to the tool's bound"}}}""");

    /** What a task is made of. */
    static final ObjectNode TASK_REQUEST = schema("""
            {"type": "object", "additionalProperties": false, "required": ["input"], "properties": {
              "input": {"type": "string", "minLength": 1, "maxLength": 262144,
                "description": "what is to be done, in words, with all that is needed for it"},
              "tools": {"type": "array", "maxItems": 64, "items": {"type": "string", "minLength": 1, "maxLength": 64},
                "description": "names of the tools that the agent may use; none where it is left out"},
              "model": {"type": "string", "minLength": 1, "maxLength": 64,
                "description": "name of the model to ask; the configured one without it"},
              "priority": {"type": "string", "enum": ["high", "normal", "low"], "default": "normal"},
              "labels": {"type": "object", "maxProperties": 32, "additionalProperties": {"type": "string", "maxLength": 256},
                "description": "the caller's own names and values"},
              "timeout": {"type": "number", "minimum": 0.001, "maximum": 2592000,
                "description": "seconds from queued to its end; then it fails"},
              "idempotency_key": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[\\\\x20-\\\\x7e]+$",
                "description": "names this attempt: the same call with the same key within 24 hours makes no second task"}}}""");

    /** The same, and how long to wait. */
    static final ObjectNode RUN_REQUEST = with(TASK_REQUEST, "wait", """
            {"type": "number", "minimum": 0, "maximum": 3600,
              "description": "seconds to wait for the task's end, 300 without it; then the task as it is, which goes on"}""");

    /** One task is named. */
    static final ObjectNode TASK_ID = schema("""
            {"type": "object", "additionalProperties": false, "required": ["task_id"], "properties": {
              "task_id": {"type": "string", "minLength": 1, "maxLength": 64}}}""");

    /** A task, as the REST interface shows it. */
    static final ObjectNode TASK = schema("""
            {"type": "object", "required": ["task_id", "input", "tools", "created_at", "status", "usage"], "properties": {
              "task_id": {"type": "string"},
              "input": {"type": "string"},
              "tools": {"type": "array", "items": {"type": "string"}},
              "created_at": {"type": "string", "format": "date-time"},
              "status": {"type": "string", "enum": ["created", "queued", "running", "waiting", "retrying", "cancelling",
                "succeeded", "failed", "cancelled"]},
              "result": {"type": "string", "description": "what it came to; only where it succeeded"},
              "error": {"type": "object", "required": ["code", "message"], "properties": {
                "code": {"type": "string"}, "message": {"type": "string"}}},
              "attempt": {"type": "integer", "minimum": 0},
              "model": {"type": "string"},
              "finished_at": {"type": "string", "format": "date-time"},
              "response_time": {"type": "number", "description": "seconds from queued to finished"},
              "usage": {"type": "object", "required": ["input_tokens", "output_tokens", "cost_usd", "model_calls", "tool_calls"],
                "properties": {"input_tokens": {"type": "integer"}, "output_tokens": {"type": "integer"},
                  "cost_usd": {"type": "number"}, "model_calls": {"type": "integer"}, "tool_calls": {"type": "integer"}}},
              "steps": {"type": "array", "items": {"type": "object"}}}}""");

    private Schemas() {}

    /** What a tool's text is: JSON where it is an object or a list, else the text. */
    static JsonNode value(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                // falls through: it only looks like JSON
            }
        }
        return TextNode.valueOf(text);
    }

    /** A schema written down here. */
    static ObjectNode schema(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema of ours is JSON", e);
        }
    }

    private static ObjectNode with(ObjectNode schema, String property, String definition) {
        ObjectNode wider = schema.deepCopy();
        wider.withObjectProperty("properties").set(property, schema(definition));
        return wider;
    }
}
