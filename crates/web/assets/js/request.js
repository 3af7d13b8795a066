// Hides the questions of a request form that are not asked under the present answers. Without it all of them are shown, each
// with the case in which it counts; the server leaves out what does not.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form:has([data-shown-if])")) {
    const ruled = [...form.querySelectorAll("[data-shown-if]")].map((part) => [part, JSON.parse(part.dataset.shownIf)]);

    // The answers that count now: of what is hidden, none.
    const answers = (name) => {
      const found = [];
      for (const field of form.elements) {
        if (field.name !== name || field.closest("[hidden]")) continue;
        if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
        if (field.value.trim() !== "") found.push(field.value.trim());
      }
      return found;
    };
    const same = (answer, expected) => {
      if (typeof expected === "boolean") return answer === (expected ? "yes" : "no");
      if (typeof expected === "number") return Number(answer) === expected;
      return answer === expected;
    };
    const holds = ({ name, is }) => {
      const given = answers(name);
      if ("answered" in is) return (given.length > 0) === is.answered;
      const expected = "equals" in is ? [is.equals] : is["one-of"];
      return given.some((answer) => expected.some((one) => same(answer, one)));
    };
    // Rules look at what stands earlier, so one walk in order is enough.
    const walk = () => {
      for (const [part, rules] of ruled) part.hidden = !rules.every(holds);
    };
    form.classList.add("with-script");
    form.addEventListener("input", walk);
    form.addEventListener("change", walk);
    walk();
  }
})();
