// Replicate's own client against the sandbox. Usage: node client.mjs <sandbox> <token> <picture> <webhook secret> <signature>; prints one JSON object.
import { readFile } from 'node:fs/promises';
import Replicate, { validateWebhook } from 'replicate';

const [sandbox, token, picture, secret, signature] = process.argv.slice(2);
const client = (auth) => new Replicate({ auth, baseUrl: new URL('/v1', sandbox).href, useFileOutput: false });
const replicate = client(token);
const [kling, banana] = ['kwaivgi/kling-v2.5-turbo-pro', 'google/nano-banana'];
const failure = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    const body = error.response ? JSON.parse(error.message.slice(error.message.indexOf('{'), error.message.lastIndexOf('}') + 1)) : null;
    return { message: error.message, status: error.response?.status ?? null, type: body?.invalid_fields?.[0]?.type ?? null };
  }
};
const media = async (url) => {
  const answer = await fetch(url);
  return { type: answer.headers.get('content-type'), bytes: (await answer.arrayBuffer()).byteLength };
};

const source = new Blob([await readFile(picture)], { type: 'image/png' });
const file = await replicate.files.create(source);
const image = file.urls.get;

const states = [];
const clip = await replicate.run(kling, { input: { prompt: 'slow push-in', start_image: image, duration: 5 }, wait: { mode: 'poll', interval: 20 } }, (prediction) => states.push(prediction.status));
// Waits within the request, and uploads the picture by itself.
const still = await replicate.run(banana, { input: { prompt: 'in the rain', image_input: [source] } });

const created = await replicate.predictions.create({ model: banana, input: { prompt: 'by hand', image_input: [image] } });
const looked = await replicate.wait(await replicate.predictions.get(created.id), { interval: 20 });

const queued = [];
for (let n = 0; n < 3; n++) {
  queued.push(await replicate.predictions.create({ model: kling, input: { prompt: `waits ${n}`, start_image: image, duration: 5 } }));
}

const cancelled = await replicate.predictions.cancel(queued.pop().id);
await Promise.all(queued.map(({ id }) => replicate.predictions.cancel(id)));

const hook = { id: 'msg_1', timestamp: '1614265330', signature, secret };
console.log(JSON.stringify({
  states: [...new Set(states)],
  clip: await media(clip),
  still: await media(still),
  created: { status: created.status, model: created.model },
  looked: { status: looked.status, counted: looked.metrics.image_output_count },
  cancelled: cancelled.status,
  file: { type: file.content_type, get: file.urls.get },
  refused: await failure(() => replicate.run(banana, { input: { prompt: '[fault: policy]', image_input: [image] } })),
  invalid: await failure(() => replicate.predictions.create({ model: kling, input: { prompt: 'p', duration: 7 } })),
  poor: await failure(() => replicate.predictions.create({ model: banana, input: { prompt: '[fault: balance]' } })),
  limited: await failure(() => replicate.predictions.create({ model: banana, input: { prompt: '[fault: rate_limit]' } })),
  stranger: await failure(() => client('wrong').predictions.create({ model: banana, input: { prompt: 'p' } })),
  unknown: await failure(() => replicate.predictions.create({ model: 'no/such-model', input: {} })),
  webhook: { ours: await validateWebhook({ ...hook, body: '{"id":"x"}' }), changed: await validateWebhook({ ...hook, body: '{"id":"y"}' }) },
}));
