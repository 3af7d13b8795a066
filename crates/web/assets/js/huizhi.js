// Makes pages quicker; none of them needs it.
"use strict";
(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const say = (zh, en) => (chinese ? zh : en);

  // Suggestions under a search box: an ARIA combobox with a list.
  const suggest = (form) => {
    const input = form.querySelector("input[name=q]");
    const box = document.createElement("ul");
    box.className = "suggestions";
    box.id = `${input.id}-suggestions`;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", say("建议", "Suggestions"));
    box.hidden = true;
    input.parentElement.append(box);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", box.id]]) {
      input.setAttribute(name, value);
    }
    let found = [];
    let at = -1;
    let timer = 0;
    let asked = null;

    const close = () => {
      box.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      const { place, insert } = found[index];
      const text = input.value;
      input.value = text.slice(0, place[0]) + insert + text.slice(place[1]);
      const end = place[0] + insert.length;
      input.setSelectionRange(end, end);
      input.focus();
      close();
      if (insert.endsWith("=")) ask();
    };
    const move = (step) => {
      at = (at + step + found.length + 1) % (found.length + 1);
      if (at === found.length) at = -1;
      [...box.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", box.children[at].id);
        box.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (suggestions) => {
      found = suggestions;
      at = -1;
      box.replaceChildren(...found.map((suggestion, index) => {
        const item = document.createElement("li");
        item.id = `${box.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const label = document.createElement("span");
        label.textContent = suggestion.label;
        const more = document.createElement("span");
        more.className = "muted";
        more.textContent = suggestion.count == null ? suggestion.insert : suggestion.count.toLocaleString("en");
        item.append(label, more);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
        return item;
      }));
      box.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(!box.hidden));
    };
    const ask = async () => {
      asked?.abort();
      if (!input.value.trim() || form.querySelector("select[name=as]")?.value) return close();
      asked = new AbortController();
      const text = input.value;
      const parameters = new URLSearchParams({ q: text, cursor: input.selectionStart, lang: chinese ? "zh" : "en" });
      try {
        const answer = await fetch(`/api/v1/suggest?${parameters}`, { signal: asked.signal });
        const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
        // Places are those of the text that was asked about: an answer to an older one is of no use.
        if (input.value === text) show(suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };
    input.addEventListener("input", () => { close(); clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || box.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) { event.preventDefault(); choose(at); }
    });
  };
  document.querySelectorAll("form[data-suggest]").forEach(suggest);

  // Keys: / goes to the search box, arrows (or j and k) go through the hits, Enter opens one.
  const hits = [...document.querySelectorAll("[data-hits] > .hit")];
  let current = -1;
  const go = (step) => {
    if (hits.length === 0) return;
    hits[current]?.classList.remove("current");
    current = Math.max(0, Math.min(hits.length - 1, current + step));
    hits[current].classList.add("current");
    hits[current].scrollIntoView({ block: "nearest" });
    hits[current].querySelector("h3 a, a")?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const box = document.querySelector("input[name=q]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (hits.length > 0 && (event.key === "j" || event.key === "ArrowDown") && (current >= 0 || event.key === "j")) {
      event.preventDefault();
      go(1);
    } else if (hits.length > 0 && (event.key === "k" || event.key === "ArrowUp") && current >= 0) {
      event.preventDefault();
      go(-1);
    }
  });
  hits.forEach((hit, index) => hit.addEventListener("focusin", () => { current = index; }));

  // Filters stand open beside the hits and folded above them.
  const fold = document.querySelector("[data-fold-narrow]");
  if (fold && matchMedia("(max-width: 56rem)").matches) fold.open = false;

  // Only one menu at a time; a click elsewhere or Escape closes it.
  const menus = [...document.querySelectorAll("details.menu")];
  document.addEventListener("click", (event) => {
    menus.filter((menu) => menu.open && !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const menu = menus.find((open) => open.open);
    if (event.key === "Escape" && menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // Pictures that are not there leave no broken frame.
  document.querySelectorAll("img[loading=lazy]").forEach((picture) => {
    const hide = () => { (picture.closest(".hit-picture") ?? picture).hidden = true; };
    if (picture.complete && picture.naturalWidth === 0 && picture.currentSrc) hide();
    picture.addEventListener("error", hide);
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  document.querySelectorAll("[data-copy]").forEach((text) => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.textContent = say("复制", "Copy");
    button.addEventListener("click", async () => {
      // A link is copied whole, with the name of the site.
      await navigator.clipboard.writeText(text.href ?? text.textContent);
      button.textContent = say("已复制", "Copied");
    });
    text.after(button);
  });
  // A choice that a form sends at once.
  document.querySelectorAll("[data-send]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));
})();
