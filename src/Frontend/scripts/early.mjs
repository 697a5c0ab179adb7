// Draws pages at build time as the app draws them before it knows anything but whether somebody is signed in. A browser shows them
// while the app is still on its way; the app's own first drawing takes their place in one frame.
import { build } from 'vite';
import { JSDOM } from 'jsdom';

const never = () => new Promise(() => undefined);
const observer = class { observe() {} unobserve() {} disconnect() {} };

/** The app as one script for a window without a server. */
export async function buildApp() {
  const built = await build({
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { lib: { entry: 'src/app/early.tsx', formats: ['iife'], name: 'app' }, write: false, manifest: false, minify: false, rolldownOptions: { output: { codeSplitting: false } } },
  });
  return built[0].output.find((file) => file.type === 'chunk').code;
}

/**
 * @param until what is there once the page is whole
 * @param only 'around' leaves out the page's own part
 */
export async function draw(app, { path, signedIn, until, only }) {
  const { window } = new JSDOM('<div id="root"></div>', { url: `http://localhost${path}`, pretendToBeVisual: true, runScripts: 'outside-only' });
  Object.assign(window, { fetch: never, scrollTo() {}, matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }), ResizeObserver: observer, IntersectionObserver: observer });
  window.eval(app);
  const root = window.document.getElementById('root');
  await window.eval('app').drawEarly(root, signedIn);
  for (let tries = 0; !root.querySelector(until); tries += 1) {
    if (tries > 2_000) throw new Error(`${path} did not draw ${until}: ${root.innerHTML.slice(0, 400)}`);
    await new Promise((done) => setTimeout(done, 5));
  }
  if (only === 'around') root.querySelector('#main').replaceChildren();
  const { innerHTML } = root;
  window.close();
  return innerHTML;
}
