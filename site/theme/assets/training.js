/* git-feedback: the way to training.  The pages' own scripts are fetched where they are wanted. */
"use strict";
(function () {
  const place = document.querySelector("[data-fb-training]");
  if (!place || !window.fb) return;
  import(new URL("assets/training-page.js", window.fb.top).href).then(({ start }) => start(place)).catch(() => { /* the page stays as it was built */ });
})();
