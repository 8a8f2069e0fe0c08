/**
 * What the report file does where scripts run: search, filters, folding, keys, copying. Without it all is there to read.
 * Promise: it changes what is shown, never what is written, and makes no markup of any text.
 */

/** Classic script of ES2020; without characters that HTML would read otherwise in a `script` element. */
export const pageScript = `
"use strict";
(() => {
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const one = (id) => document.getElementById(id);
  const kinds = all(".kind");
  const search = one("search");
  const said = one("said");
  const filters = all(".bar select, .bar input");
  const texts = new Map();
  const textOf = (kind) => {
    if (!texts.has(kind)) texts.set(kind, kind.textContent.toLowerCase());
    return texts.get(kind);
  };
  const chosen = (id) => one(id)?.value ?? "";
  const isOf = (host, hosts) => hosts.includes(host) || hosts.includes("*");
  const shown = () => kinds.filter((kind) => !kind.hidden);

  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const layers = all("[name=layer]:checked").map((box) => box.value);
    const [wantedProgram, wantedHost] = [chosen("program"), chosen("host")];
    for (const kind of kinds) {
      const { layer, program, hosts = "" } = kind.dataset;
      kind.hidden = !(
        layers.includes(layer) &&
        (!wantedProgram || program === wantedProgram) &&
        (!wantedHost || isOf(wantedHost, hosts.split(" "))) &&
        wanted.every((word) => textOf(kind).includes(word))
      );
      if (!kind.hidden && wanted.some((word) => word.length > 2)) kind.open = true;
    }
    for (const section of all("section.layer")) section.hidden = !all(".kind:not([hidden])", section).length;
    const count = shown().length;
    said.textContent = count === kinds.length ? count + " kinds" : count + " of " + kinds.length + " kinds";
  };

  const fold = () => {
    const isAnyClosed = shown().some((kind) => !kind.open);
    for (const kind of shown()) kind.open = isAnyClosed;
  };

  const step = (by) => {
    const list = shown();
    const now = list.indexOf(document.activeElement.closest(".kind"));
    const next = list[Math.max(0, Math.min(list.length - 1, now + by))];
    if (next) next.querySelector("summary").focus();
  };

  const select = (button) => {
    const range = document.createRange();
    range.selectNodeContents(button);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    said.textContent = "Selected, copy it";
  };

  const copy = (button) => {
    const command = button.textContent;
    // Browsers give a file no clipboard everywhere.
    if (!navigator.clipboard) return select(button);
    navigator.clipboard.writeText(command).then(
      () => { said.textContent = "Copied: " + command; },
      () => select(button),
    );
  };

  // Of each kind that is opened: thousands of them would make the file large.
  const addCommands = (kind) => {
    if (!kind.open || !kind.id || kind.querySelector(".commands")) return;
    const commands = document.createElement("p");
    commands.className = "commands";
    for (const command of document.body.dataset.commands.split(", ").filter(Boolean)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = command.replace("ID", kind.id.slice(2));
      commands.append(button, " ");
    }
    kind.append(commands);
  };

  const openTarget = () => {
    const target = location.hash && one(location.hash.slice(1));
    if (!target || !target.matches(".kind")) return;
    if (target.hidden) {
      search.value = "";
      for (const field of filters) if (field.type === "checkbox") field.checked = true; else field.value = "";
      filter();
    }
    target.open = true;
    target.scrollIntoView();
  };

  for (const kind of kinds) {
    kind.addEventListener("toggle", () => addCommands(kind));
    addCommands(kind);
  }
  for (const field of filters) field.addEventListener("input", filter);
  one("fold").addEventListener("click", fold);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button.copy");
    if (button) copy(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      search.blur();
      return;
    }
    const { tagName, type } = event.target;
    if (tagName === "SELECT" || (tagName === "INPUT" && type !== "checkbox")) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "e") fold();
  });
  addEventListener("hashchange", openTarget);
  document.documentElement.classList.remove("still");
  filter();
  openTarget();
})();
`;
