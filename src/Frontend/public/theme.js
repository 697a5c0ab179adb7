// Runs before the first paint, so that a page in the light theme never flashes dark (its reader and writer is src/domain/theme/theme.ts),
// and a draft is not preceded by an empty playground (src/domain/draft/draft.ts, src/features/playground/playground-page.tsx).
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('pipeline.theme');
    if (localStorage.getItem('pipeline.draft.v1') !== null || localStorage.getItem('pipeline.rail') !== null) document.documentElement.dataset.kept = '';
  } catch (error) { /* private windows may refuse storage */ }
  // What is drawn early answers to nobody: boot.js presses again what was pressed then.
  addEventListener('click', function (event) { if (document.querySelector('[data-early]')) window.pressedEarly = event; }, true);
  var light = choice === 'light' || (choice !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
