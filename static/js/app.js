// app.js - small enhancements. Every page works without it; every word comes from the page, so that French works.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const fill = (text, n) => text.replace("%s", n);

// An error summary takes the focus, on load and when htmx puts a form back with its errors.
const focusErrors = () => one("[data-focus]")?.focus();

// display:grid takes a table's meaning away in some browsers: give it back.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "th[scope=row]": "rowheader", "th:not([scope=row])": "columnheader" };
function nameTables() {
  for (const table of all(".board table:not([role])"))
    for (const [selector, role] of Object.entries(ROLES))
      (selector === "table" ? [table] : all(selector, table)).forEach((cell) => cell.setAttribute("role", role));
}

// Menus are <details>: Escape closes and gives the focus back, a click outside closes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (menu) { menu.open = false; one("summary", menu).focus(); }
  else if (event.target.closest?.(".facets:target")) location.hash = "";
});
document.addEventListener("click", (event) => {
  all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

// Dialogs: command and commandfor where the browser does not know them yet.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog) button.getAttribute("command") === "show-modal" ? dialog.showModal() : dialog.close();
  });
}

// One listener for all changes: bulk bars, forms that send themselves, theme of the reference page.
function tellBulk(box) {
  const form = box.closest("[data-bulk-form]") ?? document;
  const count = one("[data-count]", form);
  if (box.matches("[data-bulk-all]")) all("[data-bulk]", form).forEach((each) => { each.checked = box.checked; });
  if (!count) return;
  const n = all("[data-bulk]:checked", form).length;
  count.textContent = fill(n === 1 ? count.dataset.one : count.dataset.many, n);
}
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-bulk], [data-bulk-all]")) tellBulk(target);
  if (target.matches("[data-submit-on-change]")) target.form.requestSubmit();
  if (target.matches("[data-theme-pick]")) {
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
  }
});

// Characters left, under a field with a limit.
function count(field) {
  const out = one(`[data-count-for="${field.id}"]`);
  if (!out) return;
  const left = out.dataset.limit - field.value.length;
  out.textContent = left < 0 ? fill(out.dataset.over, -left) : fill(left === 1 ? out.dataset.one : out.dataset.many, left);
}

// Leaving a form with something typed in it: the browser asks (opt-in by data-guard).
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.id) count(event.target);
  if (event.target.closest("form[data-guard]")) typed = true;
});
document.addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

// Toasts: said again once the page is there (so that it is announced), gone after 8 s unless pointed at or focused.
function passToasts() {
  for (const toast of all("[data-toast]:not([data-seen])")) {
    toast.dataset.seen = "";
    const words = one("span", toast);
    const said = words.textContent;
    words.textContent = "";
    setTimeout(() => { words.textContent = said; }, 100);
    let clock;
    const start = () => { clock = setTimeout(() => toast.remove(), one("form", toast) ? 10000 : 8000); };
    const stop = () => clearTimeout(clock);
    ["pointerenter", "focusin"].forEach((name) => toast.addEventListener(name, stop));
    ["pointerleave", "focusout"].forEach((name) => toast.addEventListener(name, start));
    start();
  }
}

// The palette: Ctrl or Cmd K, then arrows and Enter.
const palette = document.getElementById("palette");
if (palette) {
  const input = one("input", palette);
  const out = document.getElementById("palette-out");
  const say = document.getElementById("palette-say");
  let chosen = -1, wait, asked = 0;
  const options = () => all("[role=option]", out);
  const choose = (index) => {
    const list = options();
    chosen = list.length ? (index + list.length) % list.length : -1;
    list.forEach((option, i) => option.setAttribute("aria-selected", i === chosen));
    input.setAttribute("aria-expanded", list.length > 0);
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list[chosen].id);
    list[chosen].scrollIntoView({ block: "nearest" });
  };
  const go = (option) => { if (option) location.assign(option.dataset.url); };
  const ask = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(`${palette.dataset.url}?q=${encodeURIComponent(input.value)}`, { headers: { "HX-Request": "true" } });
      const html = await answer.text();
      if (turn !== asked || !answer.ok || answer.redirected) return;
      out.innerHTML = html;
      choose(0);
      say.textContent = one("[data-say]", out)?.dataset.say ?? "";
    } catch { /* away for a moment: the list stays as it was */ }
  };
  const open = (event) => { event.preventDefault(); if (!palette.open) { palette.showModal(); input.select(); } };
  document.addEventListener("keydown", (event) => { if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") open(event); });
  all("[data-palette]").forEach((link) => link.addEventListener("click", open));
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 200); });
  input.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen - 1), Enter: () => go(options()[chosen]) };
    if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
  });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); else go(event.target.closest("[role=option]")); });
}

function ready() {
  nameTables();
  all("[data-count-for]").forEach((out) => count(document.getElementById(out.dataset.countFor)));
  all("[data-bulk-form]").forEach((form) => { const box = one("[data-bulk]", form); if (box) tellBulk(box); });
  passToasts();
}
ready();
focusErrors();
document.addEventListener("htmx:after:swap", () => { ready(); focusErrors(); });
