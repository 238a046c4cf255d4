// What `git feedback serve` adds to the pages it shows, and to no file: a newer site is shown at once, and what keeps the
// site from being built is said on top of the page.  A page in the background does not listen: a browser keeps few lines
// open to one place.
(function () {
  const own = document.currentScript;
  const chinese = document.documentElement.lang.startsWith("zh");
  let line = null;
  let note = null;

  function say(words) {
    if (note) note.remove();
    note = null;
    if (!words) return;
    note = document.createElement("p");
    note.className = "fb-note";
    note.setAttribute("role", "status");
    note.dataset.fbRemark = "serve";
    note.textContent = words;
    const article = document.querySelector("article") || document.body;
    article.prepend(note);
  }

  function told(event) {
    const news = JSON.parse(event.data);
    if (news.at !== own.dataset.at) location.reload();
    else say(news.trouble[chinese ? "zh" : "en"]);
  }

  function listen() {
    if (document.hidden) {
      if (line) line.close();
      line = null;
    } else if (!line) {
      line = new EventSource(new URL("changes", own.src));
      line.onmessage = told;
    }
  }

  document.addEventListener("visibilitychange", listen);
  listen();
})();
