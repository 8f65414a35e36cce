/* Comfort on top of pages that work without it: dialogs, keys, drafts, guards. Delegated, so that parts swapped in need no set-up. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.closest("input, select, textarea, [contenteditable], dialog") !== null;

  /* Sheets: <a data-sheet href> opens the page's [data-sheet-content] in a dialog; without script it is a page. */
  async function openSheet(link) {
    const sheet = $("#sheet");
    let page;
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      location.assign(link.href);
      return;
    }
    const content = $("[data-sheet-content]", page);
    if (!content) {
      location.assign(link.href);
      return;
    }
    $("#sheet-title").textContent = $("h1", page).textContent.trim();
    $$("form:not([action])", content).forEach((form) => form.setAttribute("action", link.href));
    $("#sheet-body").replaceChildren(document.adoptNode(content));
    if (window.htmx) window.htmx.process(content);
    restoreDrafts(sheet);
    openDialog(sheet);
  }

  function openDialog(dialog) {
    if (!dialog.open) dialog.showModal();
    const first = $("input:not([type=hidden]), select, textarea, button:not([data-close])", dialog);
    if (first) first.focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const sheetLink = target.closest("a[data-sheet]");
    if (sheetLink && plain && window.HTMLDialogElement) {
      event.preventDefault();
      openSheet(sheetLink);
    }
    const opener = target.closest("[data-dialog]");
    if (opener && plain && window.HTMLDialogElement) {
      const dialog = $(opener.dataset.dialog);
      if (dialog) {
        event.preventDefault();
        openDialog(dialog);
      }
    }
    if (target.closest("[data-close]")) target.closest("dialog").close();
    if (target.matches("dialog")) target.close();
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-keepalive-now]")) stayLoggedIn();
    $$("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(target)) menu.open = false;
    });
  });

  /* Keys: Ctrl+K to search, Escape closes menus, J K A R in a queue */
  const QUEUE_KEYS = { j: "[data-queue-next]", k: "[data-queue-previous]", a: "[data-queue-approve]", r: "[data-queue-return]" };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const search = $("#search");
      if (search) {
        event.preventDefault();
        if (search.offsetParent) search.focus();
        else search.form.requestSubmit();
      }
      return;
    }
    if (event.key === "Escape") {
      $$("details[data-menu][open]").forEach((menu) => {
        menu.open = false;
        $("summary", menu).focus();
      });
      return;
    }
    const queue = $("[data-queue]");
    if (!queue || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const wanted = QUEUE_KEYS[event.key.toLowerCase()];
    const element = wanted && $(wanted, queue);
    if (element) {
      event.preventDefault();
      // Approving and returning are only brought into view: a decision stays a deliberate press.
      if (element.matches("a")) element.click();
      else element.focus();
    }
  });

  /* Drafts: text fields with data-draft (whose it is and of what) keep their text on this device until the server has taken it. */
  const DRAFTS = 'textarea[data-draft]:not([data-draft=""]), input[type=text][data-draft]:not([data-draft=""])';
  const draftKey = (area) => `draft:${area.dataset.draft}:${area.name}`;

  function keep(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null; // storage is switched off or full: the page works without drafts
    }
  }

  function restoreDrafts(root = document) {
    $$(DRAFTS, root).forEach((area) => {
      const text = keep((store) => store.getItem(draftKey(area)));
      if (text && !area.value.trim()) area.value = text;
    });
  }

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area.matches && area.matches(DRAFTS)) {
      keep((store) => (area.value ? store.setItem(draftKey(area), area.value) : store.removeItem(draftKey(area))));
    }
  });

  /* A sent draft is forgotten on the next page, unless that page shows the same form again. */
  function forgetSentDrafts() {
    const sent = keep((store) => JSON.parse(store.getItem("drafts-sent") || "[]")) || [];
    const shown = $$(DRAFTS).map(draftKey);
    const asksToLogIn = $("input[type=password]") !== null;
    if (asksToLogIn) return;
    sent.filter((key) => !shown.includes(key)).forEach((key) => keep((store) => store.removeItem(key)));
    keep((store) => store.removeItem("drafts-sent"));
  }

  /* One press, one request; the back button gives the button back. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return; // again: answers with a file
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const keys = $$(DRAFTS, form).map(draftKey);
    if (keys.length) keep((store) => store.setItem("drafts-sent", JSON.stringify(keys)));
    // After this event, so that the pressed button's own value is still sent.
    setTimeout(() => $$("button[type=submit], button:not([type])", form).forEach((button) => { button.disabled = true; }));
  });

  function giveBack(form) {
    delete form.dataset.sent;
    $$("button", form).forEach((button) => { button.disabled = false; });
  }

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) $$("form[data-sent]").forEach(giveBack);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) giveBack(form);
  });

  /* Focus follows what was swapped in */
  document.addEventListener("htmx:afterSwap", (event) => {
    restoreDrafts(event.target);
    const place = $("[data-focus]", event.target);
    if (place) place.focus();
  });

  /* Rows that are chosen, and the bar that acts on them */
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches || !box.matches("[data-choose], [data-choose-all]")) return;
    const table = box.closest("table");
    if (box.matches("[data-choose-all]")) $$("[data-choose]", table).forEach((one) => { one.checked = box.checked; });
    const boxes = $$("[data-choose]", table);
    const chosen = boxes.filter((one) => one.checked).length;
    boxes.forEach((one) => one.closest("tr").classList.toggle("is-chosen", one.checked));
    const all = $("[data-choose-all]", table);
    if (all) {
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    $$("[data-chosen-count]").forEach((place) => { place.textContent = String(chosen); });
    $$("[data-chosen-bar]").forEach((bar) => { bar.hidden = chosen === 0; });
  });

  /* A screen on the wall asks for itself again; while the house is away it keeps what it shows, with the time of that */
  const wall = $("[data-refresh]");
  async function renew() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.redirected) location.reload();
      if (fresh && $("[data-refresh]", fresh)) wall.replaceChildren(...document.adoptNode($("main", fresh)).childNodes);
    } catch { /* the next time */ }
  }
  if (wall) setInterval(renew, 1000 * Number(wall.dataset.refresh));

  /* The warning before the session ends */
  const seconds = Number(document.body.dataset.sessionSeconds || 0);
  let timer = 0;

  function startClock() {
    clearTimeout(timer);
    if (seconds > 120) timer = setTimeout(() => openDialog($("#session-warning")), (seconds - 120) * 1000);
  }

  async function stayLoggedIn() {
    const address = document.body.dataset.keepalive || location.href;
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      $("#session-warning").close();
      startClock();
    } catch {
      location.reload();
    }
  }

  /* Toasts stay long enough to be read, and as long as the pointer or the focus is on them. */
  function fadeToasts() {
    $$(".toast").forEach((toast) => {
      const lasting = toast.matches(".toast--error") || $("button, a", toast);
      const wait = lasting ? 20000 : 6000;
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, wait) : toast.remove());
      setTimeout(leave, wait);
    });
  }

  /* A row of tabs wider than the screen, and a side bar longer than it, start where the current link is seen. */
  function showCurrentTabs() {
    const here = $(".sidebar .nav-link[aria-current]");
    if (here) $(".sidebar").scrollTop = here.offsetTop - $(".sidebar").clientHeight / 2;
    $$(".tabs > [aria-current], .segments--row > [aria-current]").forEach((tab) => {
      const bar = tab.parentElement;
      const from = tab.getBoundingClientRect().left - bar.getBoundingClientRect().left;
      bar.scrollLeft += from - (bar.clientWidth - tab.offsetWidth) / 2;
    });
  }

  $$("[data-print]").forEach((button) => { button.hidden = false; });
  $$("[data-chosen-bar]").forEach((bar) => { bar.hidden = true; });
  forgetSentDrafts();
  showCurrentTabs();
  restoreDrafts();
  fadeToasts();
  startClock();
  document.addEventListener("htmx:afterRequest", startClock);
  const problem = $("main [data-focus]");
  if (problem) problem.focus();
})();
