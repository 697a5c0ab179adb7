// The API's types are what the generator makes of its description; `./run gen` writes both.
import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const document = new URL('../../../docs/openapi.json', import.meta.url);
const types = new URL('../src/api/schema.ts', import.meta.url);

const expected = COMMENT_HEADER + astToString(await openapiTS(document));
let there = '';
try {
  there = readFileSync(types, 'utf8');
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
if (there !== expected) {
  console.error("src/api/schema.ts is not what docs/openapi.json says: run './run gen'.");
  process.exit(1);
}
