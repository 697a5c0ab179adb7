// Runs before the first paint, so that a page in the light theme never flashes dark. Its reader and writer is src/domain/theme/theme.ts.
(function () {
  var choice = null;
  try { choice = localStorage.getItem('pipeline.theme'); } catch (error) { /* private windows may refuse storage */ }
  var light = choice === 'light' || (choice !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
