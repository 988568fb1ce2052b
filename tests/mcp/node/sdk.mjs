// The journey with @modelcontextprotocol/sdk 1.x: sdk.mjs URL KEY

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { journey } from "./journey.mjs";

const [url, key] = process.argv.slice(2);
const client = new Client({ name: "sdk-of-tests", version: "1.0.0" });
await client.connect(
  new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }),
);
const seen = await journey(client);
console.log(JSON.stringify({ server: client.getServerVersion()?.name, ...seen }));
await client.close();
