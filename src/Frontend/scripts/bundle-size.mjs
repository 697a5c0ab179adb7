// The first load of either entrance, the start page or the playground, must stay under 170 KB of compressed JavaScript:
// what index.html names, the page's own chunk, and what those import at once, in the form that is sent to browsers that take gzip only.
import { readdirSync, readFileSync, statSync } from 'node:fs';

const limit = 170 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const entry = [...html.matchAll(/(?:src|href)="\/static\/([^"?]+\.js)/g)].map((match) => match[1]);
const pages = readdirSync('dist/static').filter((file) => /^(start|playground)-page-.*\.js$/.test(file));

function load(files) {
  const seen = new Set();
  const queue = [...files];
  for (const file of queue) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(`dist/static/${file}`, 'utf8');
    for (const match of source.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) queue.push(match[1]);
  }
  return [...seen].reduce((sum, file) => sum + statSync(`dist/static/${file}.gz`).size, 0);
}

let worst = 0;
for (const page of pages) {
  const size = load([...entry, page]);
  worst = Math.max(worst, size);
  console.log(`${page.replace(/-page.*/, '')}: ${(size / 1024).toFixed(1)} KB of ${limit / 1024} KB`);
}
if (worst > limit || pages.length < 2) process.exitCode = 1;
