/* git-feedback: the ways to Find.  The page itself is find-page.js, fetched where it is wanted; on every other page the
 * theme's search, which knows the team's pages alone, leads on to it.  A site without Find (the public's) has no find.json. */
"use strict";
(function () {
  const fb = window.fb;
  if (!fb) return;

  /** A link under the theme's search field: the same words, looked for in feedback. */
  function lead(field) {
    const link = document.createElement("a");
    link.className = "fb-find-on";
    const follow = () => {
      const asked = field.value.trim();
      link.href = new URL(`find.html${asked ? `?for=${encodeURIComponent(asked)}` : ""}`, fb.top).href;
      link.textContent = asked ? fb.say("find-on", { name: asked }) : fb.say("find-label");
    };
    field.addEventListener("input", follow);
    follow();
    document.querySelector(".md-search__output")?.prepend(link);
  }

  const field = document.querySelector(".md-search__input");
  field?.addEventListener("focus", async () => {
    await fb.ready;
    const answer = await fetch(new URL("find.json", fb.api), { method: "HEAD", credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && fb.spoken()) lead(field);
  }, { once: true });

  if (document.querySelector("[data-fb-find]") && fb.items) {
    import(new URL("assets/find-page.js", fb.top).href).then(({ start }) => start()).catch(() => { /* the way by command stays */ });
  }
})();
