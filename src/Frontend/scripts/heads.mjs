// For each entrance a page of its own that names at once what the app would ask for only when it runs: its chunk, and what that imports.
import { readFileSync, writeFileSync } from 'node:fs';

const entrances = {
  start: { page: 'src/features/start/start-page.tsx', pictures: ['/static/samples/astronaut.webp'] },
  playground: { page: 'src/app/pages/playground-page.tsx', pictures: [] },
};

const html = readFileSync('dist/index.html', 'utf8');
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

function filesOf(page) {
  const seen = new Set();
  const queue = [page];
  for (const key of queue) {
    const { imports = [] } = manifest[key];
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...imports);
  }
  return [...seen].map((key) => manifest[key].file);
}

for (const [name, { page, pictures }] of Object.entries(entrances)) {
  const links = [
    ...filesOf(page).filter((file) => !html.includes(file)).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
    ...pictures.map((picture) => `<link rel="preload" as="image" href="${picture}" fetchpriority="high">`),
  ];
  writeFileSync(`dist/${name}.html`, html.replace('</head>', `  ${links.join('\n    ')}\n  </head>`));
}
