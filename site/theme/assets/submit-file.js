/* git-feedback: the page on which somebody opens a new file of feedback on the host.
 *
 * The page itself is the same for all, so each browser makes an id and a time of its own (item-file.js).
 * Hook: <div data-fb-file data-prefix data-zone data-id data-received data-new> around the file's name and text. */
"use strict";
(function () {
  const host = document.querySelector("[data-fb-file]");
  if (!host || !window.fbItem || !window.crypto?.getRandomValues) return;
  const { prefix, zone, id: shownId, received: shownTime } = host.dataset;
  const slot = (name) => host.querySelector(`[data-slot="${name}"]`);
  const link = host.querySelector("[data-fb-file-open]");
  const skeleton = slot("text").textContent;

  function draw() {
    const { id, moment, name } = window.fbItem.fresh(prefix, zone);
    const file = skeleton.replaceAll(shownId, id).replace(shownTime, moment);
    slot("name").textContent = name;
    slot("text").textContent = file;
    if (!link) return;
    link.href = `${host.dataset.new}?filename=${encodeURIComponent(name)}&value=${encodeURIComponent(file)}`;
    link.hidden = false;
  }

  draw();
  for (const kind of ["click", "auxclick"]) link?.addEventListener(kind, draw);   // each file that is opened has its own id
})();
