// Runs before the first paint, so that a page in the light theme never flashes dark (its reader and writer is src/domain/theme/theme.ts),
// and a draft is not preceded by an empty playground (src/domain/draft/draft.ts, src/features/playground/playground-page.tsx).
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('pipeline.theme');
    if (localStorage.getItem('pipeline.draft.v1') !== null || localStorage.getItem('pipeline.rail') !== null) document.documentElement.dataset.kept = '';
  } catch (error) { /* private windows may refuse storage */ }
  // What is drawn early answers to nobody: what was pressed there is kept, by place and words, for boot.js.
  var controls = 'button, a, label, input, textarea';
  var words = function (control) { return control.tagName + (control.getAttribute('aria-label') || '') + control.textContent; };
  var early = { controls: controls, words: words, pressed: null };
  window.early = early;
  addEventListener('click', function (event) {
    document.querySelectorAll('[data-early] :is(' + controls + ')').forEach(function (control) {
      var box = control.getBoundingClientRect();
      var within = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (within) early.pressed = { x: event.clientX, y: event.clientY, words: words(control) };
    });
  }, true);
  var light = choice === 'light' || (choice !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
