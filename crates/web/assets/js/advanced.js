// The advanced form: more rows, and an example of what each field takes.
"use strict";
(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const list = document.querySelector("[data-rows]");
  if (!list) return;
  const rows = () => [...list.children];
  const hint = (row) => {
    const field = row.querySelector("select[name=field]");
    row.querySelector("input[name=text]").placeholder = field.selectedOptions[0]?.dataset.example ?? "";
  };
  rows().forEach(hint);
  list.addEventListener("change", (event) => {
    if (event.target.name === "field") hint(event.target.closest("li"));
  });
  const add = document.createElement("button");
  add.type = "button";
  add.className = "button quiet small";
  add.textContent = chinese ? "再加一行" : "Add a row";
  add.addEventListener("click", () => {
    const row = rows().at(-1).cloneNode(true);
    row.querySelector(".row-mistake")?.remove();
    row.querySelectorAll("select").forEach((choice) => { choice.selectedIndex = 0; });
    const text = row.querySelector("input[name=text]");
    text.value = "";
    for (const name of ["aria-invalid", "aria-describedby", "autofocus"]) text.removeAttribute(name);
    row.querySelectorAll("[aria-label]").forEach((part) => {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/\d+$/, String(list.children.length + 1)));
    });
    list.append(row);
    hint(row);
    text.focus();
  });
  list.after(add);
})();
