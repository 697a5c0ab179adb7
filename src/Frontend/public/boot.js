// Starts the app once what was drawn early is painted, pictures included, and file by file: evaluating all at once would keep the page from answering.
(function () {
  var files = document.currentScript.dataset.files.split(' ');
  // What was drawn early answers to nobody: a press on it is made good once the app is there.
  var pressed;
  var early = function () { return document.querySelector('[data-early]'); };
  addEventListener('click', function (event) { if (early()) pressed = event; }, true);
  new MutationObserver(function (_, watch) {
    if (early()) return;
    watch.disconnect();
    var at = pressed && document.elementFromPoint(pressed.clientX, pressed.clientY);
    var control = at && at.closest('button, a, label, input, textarea');
    if (!control) return;
    control.focus();
    control.click();
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
