// The first load must stay under 170 KB of compressed JavaScript: what index.html names, plus what those files import at once.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 170 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const files = [...html.matchAll(/(?:src|href)="\/(static\/[^"?]+\.js)/g)].map((match) => match[1]);
const seen = new Set();
for (const file of files) {
  if (seen.has(file)) continue;
  seen.add(file);
  const source = readFileSync(`dist/${file}`, 'utf8');
  for (const match of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) files.push(`static/${match[1]}`);
}
const total = [...seen].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, 0);
console.log(`First load: ${(total / 1024).toFixed(1)} KB of ${limit / 1024} KB in ${seen.size} files`);
if (total > limit) process.exit(1);
