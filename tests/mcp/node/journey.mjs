// What a client does with custom-mcp-service, whatever its era: every step through the client's own methods. Prints what it saw as one line
// of JSON, which ClientsTest judges.

const ENDED = new Set(["succeeded", "failed", "cancelled"]);
const PATIENCE_MS = 30_000;

const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

export async function journey(client) {
  const seen = {};
  const call = (name, args) => client.callTool({ name, arguments: args });

  const statusOf = async (taskId) => (await call("get_task", { task_id: taskId })).structuredContent?.status;
  const until = async (taskId, wanted) => {
    const end = Date.now() + PATIENCE_MS;
    let status = await statusOf(taskId);
    while (!wanted(status)) {
      if (Date.now() > end) {
        throw new Error(`task ${taskId} is still ${status}`);
      }
      await sleep(100);
      status = await statusOf(taskId);
    }
    return status;
  };

  seen.tools = (await client.listTools()).tools.map((tool) => tool.name);
  seen.calculation = await call("calculator", { expression: "17.5% * 2480" });
  seen.refusal = await call("calculator", { expression: "2 +" });

  const submitted = await call("submit_task", { input: "What is 17.5% of 2480?", tools: ["calculator"] });
  const taskId = submitted.structuredContent?.task_id;
  seen.submitted = { taskId, status: await until(taskId, (status) => ENDED.has(status)) };
  seen.task = (await call("get_task", { task_id: taskId })).structuredContent;

  seen.run = await call("run_task", { input: "What is 6 * 7?", tools: ["calculator"] });

  const waiting = (await call("submit_task", { input: "wait for long" })).structuredContent?.task_id;
  await until(waiting, (status) => status === "running");
  seen.cancellation = (await call("cancel_task", { task_id: waiting })).structuredContent;
  seen.cancelled = { taskId: waiting, status: await until(waiting, (status) => ENDED.has(status)) };

  seen.templates = (await client.listResourceTemplates()).resourceTemplates.map((template) => template.uriTemplate);
  seen.resource = (await client.readResource({ uri: `task://${taskId}` })).contents[0];
  seen.journal = (await client.readResource({ uri: `task://${taskId}/journal` })).contents[0];

  const prompts = (await client.listPrompts()).prompts;
  seen.prompts = prompts.map((prompt) => prompt.name);
  const [prompt] = prompts;
  const given = Object.fromEntries((prompt.arguments ?? []).map((argument) => [argument.name, "some text"]));
  seen.prompt = await client.getPrompt({ name: prompt.name, arguments: given });

  return seen;
}
