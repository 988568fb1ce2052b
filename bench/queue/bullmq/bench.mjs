// BullMQ's side of bench/queue, with the words and lines that the Java side has too (Role.java):
//   node bench.mjs worker URL CONCURRENCY THINK_MILLIS
//   node bench.mjs producer URL closed WARM_UP TASKS IN_FLIGHT | open WARM_UP TASKS PER_SECOND | creates WARM_UP TASKS IN_FLIGHT | held TASKS
// All of BullMQ's settings are its defaults: what has ended is kept, locks last 30 s and are looked at every 30 s.
import { Queue, QueueEvents, Worker } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';

const QUEUE = 'bench';
const [role, url, ...words] = process.argv.slice(2);
const { hostname: host, port } = new URL(url);
const connection = { host, port: Number(port) };

function say(word, content) {
  process.stdout.write(content === undefined ? `${word}\n` : `${word} ${JSON.stringify(content)}\n`);
}

async function work(concurrency, thinkMillis) {
  const worker = new Worker(
    QUEUE,
    async () => {
      if (thinkMillis > 0) {
        await sleep(thinkMillis);
      }
      return 'done';
    },
    { connection, concurrency },
  );
  worker.on('error', (failure) => say('FAILED', failure.message));
  await worker.waitUntilReady();
  say('READY');
}

// One subscription for all jobs, the cheapest way that BullMQ offers: job.waitUntilFinished() asks Redis once more per job.
class Ends {
  #waiting = new Map();
  #early = new Map();

  static async listen() {
    const ends = new Ends();
    // why from the beginning: by default what is told before the first read is lost, and with it a job's end
    const events = new QueueEvents(QUEUE, { connection, lastEventId: '0-0' });
    events.on('completed', ({ jobId, returnvalue }) => ends.#ended(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => ends.#ended(jobId, `failed: ${failedReason}`));
    await events.waitUntilReady();
    return ends;
  }

  #ended(id, result) {
    const resolve = this.#waiting.get(id);
    if (resolve) {
      this.#waiting.delete(id);
      resolve(result);
    } else {
      this.#early.set(id, result);
    }
  }

  of(id) {
    if (this.#early.has(id)) {
      const result = this.#early.get(id);
      this.#early.delete(id);
      return Promise.resolve(result);
    }
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }
}

const nanos = () => process.hrtime.bigint();
const microsSince = (begin) => Number((nanos() - begin) / 1000n);

const add = (queue) => queue.add('noop', { input: 'do it' });

async function toEnd(queue, ends) {
  const job = await add(queue);
  const result = await ends.of(job.id);
  if (result !== 'done') {
    throw new Error(`a job ended with ${result}`);
  }
}

async function closed(tasks, inFlight, act) {
  let left = tasks;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) {
        await act();
      }
    }),
  );
}

async function open(tasks, perSecond, act) {
  const latencies = [];
  const all = [];
  const begin = nanos();
  for (let i = 0; i < tasks; ) {
    const due = Math.min(tasks, 1 + Math.floor((microsSince(begin) / 1e6) * perSecond));
    for (; i < due; i++) {
      const scheduled = begin + BigInt(Math.round((i / perSecond) * 1e9));
      all.push(act().then(() => latencies.push(microsSince(scheduled))));
    }
    await sleep(1);
  }
  await Promise.all(all);
  return latencies;
}

async function measured(act) {
  say('BEGIN');
  await sleep(300);
  const begin = nanos();
  const latencies = await act();
  say('END', { micros: microsSince(begin), latencies: latencies ?? [] });
}

async function produce(scenario, numbers) {
  const queue = new Queue(QUEUE, { connection });
  await queue.waitUntilReady();
  const [first, tasks, pace] = numbers;
  if (scenario === 'creates') {
    await closed(first, pace, () => add(queue));
    await measured(() => closed(tasks, pace, () => add(queue)));
    return;
  }
  const ends = await Ends.listen();
  if (scenario === 'closed') {
    await closed(first, pace, () => toEnd(queue, ends));
    await measured(() => closed(tasks, pace, () => toEnd(queue, ends)));
  } else if (scenario === 'open') {
    await closed(first, 64, () => toEnd(queue, ends));
    await measured(() => open(tasks, pace, () => toEnd(queue, ends)));
  } else if (scenario === 'held') {
    const jobs = await Promise.all(Array.from({ length: first }, () => add(queue)));
    while ((await queue.getActiveCount()) < first) {
      await sleep(50);
    }
    say('HELD');
    const ended = await Promise.all(jobs.map((job) => ends.of(job.id).then(() => Date.now())));
    say('END', { ended });
  } else {
    throw new Error(`no such scenario: ${scenario}`);
  }
}

try {
  if (role === 'worker') {
    await work(Number(words[0]), Number(words[1]));
  } else {
    await produce(words[0], words.slice(1).map(Number));
    process.exit(0);
  }
} catch (failure) {
  say('FAILED', failure.message);
  process.exit(1);
}
