// The journey with @modelcontextprotocol/client: client.mjs URL KEY legacy|modern

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { journey } from "./journey.mjs";

const [url, key, era] = process.argv.slice(2);
const client = new Client(
  { name: "client-of-tests", version: "1.0.0" },
  { versionNegotiation: { mode: era === "modern" ? { pin: "2026-07-28" } : "legacy" } },
);
await client.connect(
  new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }),
);
const seen = await journey(client);
console.log(JSON.stringify({ era: client.getProtocolEra(), server: client.getServerVersion()?.name, ...seen }));
await client.close();
