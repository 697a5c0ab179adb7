// Starts the app once what was drawn early is painted, pictures included: evaluating it keeps the page from painting.
(function () {
  var app = document.currentScript.dataset.app;
  var start = function () { import(app); };
  if (document.hidden) return start(); // nobody waits for a picture
  var pictures = Array.from(document.querySelectorAll('[data-early] img'), function (picture) { return picture.decode().catch(function () {}); });
  var patience = new Promise(function (done) { setTimeout(done, 300); });
  Promise.race([Promise.all(pictures), patience]).then(function () { requestAnimationFrame(function () { setTimeout(start); }); });
})();
