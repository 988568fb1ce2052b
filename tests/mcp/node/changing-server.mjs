// An MCP server whose one tool is described as it is told: changing-server.mjs PORT DESCRIPTION. Each request stands alone.

import { createServer } from "node:http";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const [port, description] = process.argv.slice(2);

const greet = {
  name: "greet",
  description,
  inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
};

function server() {
  const made = new Server({ name: "changing-server", version: "1.0.0" }, { capabilities: { tools: {} } });
  made.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [greet] }));
  made.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
    content: [{ type: "text", text: `Hello, ${params.arguments.name}!` }],
  }));
  return made;
}

createServer(async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server().connect(transport);
  await transport.handleRequest(request, response);
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
