"""Writes what Google publishes about the messages of generateContent, as a table for GeminiSchemaTest.

Google publishes no discovery document of the Gemini API in its client libraries, but its message types, which are
generated from the API's own definition: the package google-ai-generativelanguage. Their JSON form is that of proto3.

    python3 -m venv facts && facts/bin/pip install google-ai-generativelanguage==0.12.1
    facts/bin/python gemini_schema_facts.py > ../resources/org/mcpagentic/models/gemini/schema-facts.tsv
"""

from importlib.metadata import version

from google.ai.generativelanguage_v1beta.services.generative_service.transports import rest_base
from google.ai.generativelanguage_v1beta.types import generative_service

PACKAGE = "google-ai-generativelanguage"
PREFIX = "google.ai.generativelanguage.v1beta."

# https://protobuf.dev/programming-guides/json/
WELL_KNOWN = {
    "google.protobuf.Struct": "struct",
    "google.protobuf.Value": "value",
    "google.protobuf.ListValue": "list",
    "google.protobuf.Duration": "string",
    "google.protobuf.Timestamp": "string",
}
SCALARS = {1: "number", 2: "number", 3: "int64", 4: "int64", 5: "int32", 8: "bool", 9: "string", 12: "bytes", 13: "int32"}


def type_of(field, reachable):
    if field.message_type is None:
        if field.enum_type is None:
            return SCALARS[field.type]
        return "enum:" + ",".join(value.name for value in field.enum_type.values)
    name = field.message_type.full_name
    if name in WELL_KNOWN:
        return WELL_KNOWN[name]
    reachable.append(field.message_type)
    return name.removeprefix(PREFIX)


def facts(root):
    lines = set()
    done = set()
    reachable = [root]
    while reachable:
        message = reachable.pop()
        if message.full_name in done:
            continue
        done.add(message.full_name)
        for field in message.fields:
            entry = field.message_type is not None and field.message_type.GetOptions().map_entry
            if entry:
                kind, value = "map", type_of(field.message_type.fields_by_name["value"], reachable)
            else:
                kind, value = "many" if field.is_repeated else "one", type_of(field, reachable)
            lines.add("\t".join((message.full_name.removeprefix(PREFIX), field.json_name, kind, value)))
    return lines


def routes():
    for name in ("GenerateContent", "StreamGenerateContent"):
        stub = getattr(rest_base._BaseGenerativeServiceRestTransport, "_Base" + name)
        for option in stub._get_http_options():
            yield "\t".join(("route", name[0].lower() + name[1:], option["method"], option["uri"]))


table = set(routes())
for wire_type in (generative_service.GenerateContentRequest, generative_service.GenerateContentResponse):
    table |= facts(wire_type.pb(wire_type()).DESCRIPTOR)
print(f"# {PACKAGE} {version(PACKAGE)}: message, field, one or many or map, type; and routes")
print("\n".join(sorted(table)))
