// fal's own client against the sandbox. Usage: node client.mjs <sandbox> <key> <picture>; prints one JSON object.
import { readFile } from 'node:fs/promises';
import { createFalClient } from '@fal-ai/client';

const [sandbox, credentials, picture] = process.argv.slice(2);

// The client has no setting for its hosts: what it would send to fal goes to the sandbox, path and all.
const client = (key) => createFalClient({
  credentials: key,
  requestMiddleware: async (request) => {
    const url = new URL(request.url);
    return { ...request, url: new URL(url.pathname + url.search, sandbox).href };
  },
});
const fal = client(credentials);
const [kling, banana] = ['fal-ai/kling-video/v2.5-turbo/pro/image-to-video', 'fal-ai/nano-banana/edit'];
const failure = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    return { name: error.name, status: error.status, type: error.body?.detail?.[0]?.type ?? null, request: error.requestId ?? '' };
  }
};

const image_url = await fal.storage.upload(new Blob([await readFile(picture)], { type: 'image/png' }), { lifecycle: { expiresIn: '1d' } });

const states = [];
const clip = await fal.subscribe(kling, {
  input: { prompt: 'slow push-in', image_url, duration: '5' },
  logs: true,
  pollInterval: 20,
  onQueueUpdate: (update) => states.push(update.status),
});
const still = await fal.subscribe(banana, { input: { prompt: 'in the rain', image_urls: [image_url], seed: 7 }, pollInterval: 20 });

const queued = [];
for (let n = 0; n < 4; n++) {
  queued.push(await fal.queue.submit(kling, { input: { prompt: `waits ${n}`, image_url, duration: '5' } }));
}

const last = { requestId: queued.at(-1).request_id };
const waiting = await fal.queue.status(kling, last);
await fal.queue.cancel(kling, last);
const cancelled = await failure(() => fal.queue.result(kling, last));

const stream = await fal.queue.streamStatus(kling, { requestId: queued[0].request_id });
const streamed = [];
for await (const update of stream) {
  streamed.push(update.status);
}

const media = async (file) => {
  const answer = await fetch(file.url);
  return { type: answer.headers.get('content-type'), bytes: (await answer.arrayBuffer()).byteLength, stated: file.file_size };
};

console.log(JSON.stringify({
  states: [...new Set(states)],
  clip: await media(clip.data.video),
  still: await media(still.data.images[0]),
  seed: still.data.seed,
  waiting: { status: waiting.status, position: waiting.queue_position ?? null },
  cancelled,
  streamed: streamed.at(-1),
  invalid: await failure(() => fal.subscribe(kling, { input: { prompt: 'p', image_url, duration: '7' }, pollInterval: 20 })),
  missing: await failure(() => fal.subscribe(kling, { input: { prompt: 'p' }, pollInterval: 20 })),
  refused: await failure(() => fal.subscribe(banana, { input: { prompt: '[fault: policy]', image_urls: [image_url] }, pollInterval: 20 })),
  limited: await failure(() => fal.queue.submit(banana, { input: { prompt: '[fault: rate_limit]', image_urls: [image_url] } })),
  stranger: await failure(() => client('wrong:key').queue.submit(banana, { input: { prompt: 'p', image_urls: [image_url] } })),
  unknown: await failure(() => fal.queue.submit('fal-ai/no-such-model', { input: {} })),
}));
