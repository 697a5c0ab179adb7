// The pages that the gateway sends, of the one that was built. Each names at once what the app would ask for only when it runs (its chunk, and
// what that imports), and holds what the app will draw first, so that it is seen before the app is there.
import { readFileSync, writeFileSync } from 'node:fs';
import { buildApp, draw } from './early.mjs';

const pages = {
  'sign-in': { chunk: 'src/features/session/sign-in-page.tsx', path: '/', signedIn: false, until: 'h1' },
  start: { chunk: 'src/features/start/start-page.tsx', path: '/', signedIn: true, until: 'h1' },
  playground: { chunk: 'src/app/pages/playground-page.tsx', path: '/playground', signedIn: true, until: 'h1' },
  workflows: around('/workflows', 'src/features/workflows/workflows-page.tsx'),
  workflow: around('/workflows/1', 'src/features/workflows/workflow-page.tsx'),
  bulk: around('/bulk', 'src/features/bulk/bulk-page.tsx'),
  library: around('/library', 'src/features/library/library-page.tsx'),
  jobs: around('/jobs', 'src/features/history/history-page.tsx'),
  run: around('/jobs/1', 'src/features/run/run-page.tsx'),
  review: around('/jobs/1/review/1', 'src/features/review/review-page.tsx'),
  settings: around('/settings', 'src/features/settings/settings-page.tsx'),
};

/** What is around a page, whose own part needs what the API says. */
function around(path, chunk) {
  return { chunk, path, signedIn: true, until: '#main', only: 'around' };
}

const html = readFileSync('dist/index.html', 'utf8');
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const place = '<div id="root"></div>';

/** What a chunk loads with it, each behind what it imports itself. */
function filesOf(chunk, seen = new Set()) {
  if (seen.has(chunk)) return [];
  seen.add(chunk);
  const { file, imports = [] } = manifest[chunk];
  return [...imports.flatMap((one) => filesOf(one, seen)), file];
}

const [tag, entry] = html.match(/<script type="module" crossorigin src="([^"]+)"><\/script>/);
const files = filesOf('index.html').map((file) => `/${file}`);

const app = await buildApp();
if (!html.includes(place)) throw new Error(`index.html has no ${place}`);
for (const [name, { chunk, ...page }] of Object.entries(pages)) {
  const links = [
    `<link rel="modulepreload" crossorigin href="${entry}">`,
    ...filesOf(chunk).filter((file) => !html.includes(file)).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
    ...(page.signedIn ? ['<link rel="preload" as="fetch" href="/models" crossorigin>'] : []),
    `<script defer src="/boot.js" data-files="${files.join(' ')}"></script>`,
  ];
  const early = await draw(app, page);
  const written = html
    .replace(tag, '')
    .replace('</head>', `  ${links.join('\n    ')}\n  </head>`)
    .replace(place, () => `<div id="root"><div data-early="${name}" inert>${early}</div></div>`);
  writeFileSync(`dist/${name}.html`, written);
}
// The app's queries wait for answers that never come.
process.exit(0);
