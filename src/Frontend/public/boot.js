// Starts the app once what was drawn early is painted, pictures included, and file by file: evaluating all at once would keep the page from answering.
(function () {
  var files = document.currentScript.dataset.files.split(' ');
  // Once the app's own page is in its place, what was pressed before is pressed (theme.js kept it): only the same words, so that nobody buys what they did not see.
  var press = function (tries) {
    var pressed = window.early.pressed;
    var at = pressed && document.elementFromPoint(pressed.x, pressed.y);
    var control = at && at.closest(window.early.controls);
    if (control && window.early.words(control) === pressed.words) {
      control.focus();
      control.click();
    } else if (pressed && tries > 0) requestAnimationFrame(function () { press(tries - 1); });
  };
  new MutationObserver(function (_, watch) {
    if (document.querySelector('[data-early]')) return;
    watch.disconnect();
    press(60);
  }).observe(document.getElementById('root'), { childList: true });
  var pause = function () { return new Promise(function (done) { setTimeout(done); }); };
  var start = function () {
    return files.reduce(function (before, file) { return before.then(function () { return import(file); }).then(pause); }, Promise.resolve());
  };
  if (document.hidden) return start(); // nobody waits for a picture
  var pictures = Array.from(document.querySelectorAll('[data-early] img'), function (picture) { return picture.decode().catch(function () {}); });
  var patience = new Promise(function (done) { setTimeout(done, 300); });
  Promise.race([Promise.all(pictures), patience]).then(function () { requestAnimationFrame(function () { setTimeout(start); }); });
})();
