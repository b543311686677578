// Drives the gateway with the OpenAI SDK beside it, and prints what came of it as JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';

const posted = [];
const client = new OpenAI({
  baseURL: process.env.REELGATE + '/v1',
  apiKey: 'none',
  defaultHeaders: { 'X-Reelgate-App': 'sdk' },
  // Only looks on: which body the SDK makes of a job.
  fetch: (url, init) => {
    if (init?.method?.toUpperCase() === 'POST') posted.push(init.body instanceof FormData ? 'form' : 'json');
    return fetch(url, init);
  },
});
const job = (prompt, more = {}) => ({ model: 'doubao-seedance-2-0-fast', prompt, seconds: '5', size: '480x854', ...more });
const failure = async (call) => {
  try {
    await call();
    return null;
  } catch (e) {
    return { status: e.status, code: e.code, param: e.param, message: e.message };
  }
};

const created = await client.videos.create(job('a kite'));
let ended = created;
for (let tries = 0; tries < 300 && ended.status !== 'completed' && ended.status !== 'failed'; tries++) {
  await sleep(200);
  ended = await client.videos.retrieve(created.id);
}
const film = await (await client.videos.downloadContent(created.id)).text();
const png = Buffer.from(process.env.PNG, 'base64');
const pictured = await client.videos.create(
  job('a picture', { input_reference: await toFile(png, 'a.png', { type: 'image/png' }) }),
);
const linked = await client.videos.create(job('a link', { input_reference: { image_url: 'https://a.example/b.png' } }));
const listed = [];
for await (const video of client.videos.list({ limit: 2, order: 'asc' })) listed.push(video.id);
const refused = await failure(() => client.videos.create(job('[refuse]')));
const broke = await failure(() => client.videos.create(job('[quota]')));
const noPicture = await failure(async () =>
  client.videos.create(job('no picture', { input_reference: await toFile(Buffer.from('<html>'), 'a.png') })),
);
const sent = await failure(() => client.videos.delete(created.id));
const unknown = await failure(() => client.videos.retrieve('task_0'));

console.log(JSON.stringify({
  created, ended, film, listed, ids: [created.id, pictured.id, linked.id], posted, refused, broke, noPicture, sent, unknown,
}));
