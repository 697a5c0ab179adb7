import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const gateway = process.env.GATEWAY_HTTP ?? 'http://127.0.0.1:8080';
const api = ['pipelines', 'prompts', 'assets', 'collections', 'models', 'usage', 'events', 'queue', 'run-groups', 'templates', 'sheets', 'session', 'api-keys', 'openapi.json', 'docs'];

// A browser asks for six files at a time, each costs it, and small ones pack badly: so what five parts have in common is one, and what whoever makes
// something needs. React is one by itself, for boot.js to evaluate it by itself.
const chunks = [
  { name: 'react', priority: 3, test: /node_modules\/(react|react-dom|scheduler)\// },
  { name: 'shared', priority: 2, minShareCount: 5, test: /node_modules|src\/(ui|domain|api)\// },
  { name: 'making', priority: 1, test: /src\/(ui\/(equation|use-kept)|domain\/(costs\/estimate|draft\/build-request|models\/model-selector|pipelines\/start-pipeline|settings\/generator-settings))\./ },
];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // `/assets` is the API's.
  build: {
    assetsDir: 'static',
    target: 'es2022',
    assetsInlineLimit: 0,
    // Read by scripts/heads.mjs.
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: {
    port: Number(process.env.PORT ?? 5173),
    proxy: Object.fromEntries(api.map((path) => [`/${path}`, { target: gateway, ws: true }])),
  },
  test: {
    css: false,
    restoreMocks: true,
    testTimeout: 30_000,
    // One document and one set of modules for all files: loading them anew for each took most of the time. What a test leaves is put away after it.
    isolate: false,
    // A document takes a second or two to make, and functions need none; a file of theirs that does says so in its first line.
    projects: [
      { extends: true, test: { name: 'functions', include: ['src/**/*.test.ts'], environment: 'node' } },
      { extends: true, test: { name: 'components', include: ['src/**/*.test.tsx'], environment: 'jsdom', setupFiles: ['src/testing/setup.ts'] } },
    ],
  },
});
