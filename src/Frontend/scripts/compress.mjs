// Beside each built file its compressed forms, which the gateway sends as they are: packing hard once beats packing lightly at every request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const packed = [
  ['.br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })],
  ['.gz', (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })],
];

for (const file of readdirSync('dist/static').filter((name) => /\.(js|css|svg)$/.test(name))) {
  const bytes = readFileSync(`dist/static/${file}`);
  for (const [ending, pack] of packed) writeFileSync(`dist/static/${file}${ending}`, pack(bytes));
}
