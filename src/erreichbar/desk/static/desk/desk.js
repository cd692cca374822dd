// Parts that renew themselves, timers, one announcement for a ringing call, and keys. Pages work without it, only not by
// themselves. A part (`data-part`, with an id) fetches itself when the house says that something changed.
(function () {
  "use strict";
  const body = document.body;
  const language = document.documentElement.lang;
  const words = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const dispatch = (topics) => { for (const topic of topics) body.dispatchEvent(new Event("live-" + topic)); };

  // -- what somebody is writing: never overwritten --------------------------------------------------------------------
  function writing(part) {
    const active = document.activeElement;
    return part.contains(active) && active.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  }

  function changed(field) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, chosen);
  }

  // `data-kept`: what the page shows stands in no record, such as a form that was refused.
  function dirty(part) {
    return "kept" in part.dataset || [...part.querySelectorAll("input, textarea, select")].some(changed);
  }

  // -- parts: one that is being written in waits, alone, and says so -------------------------------------------------
  const waiting = new Set();
  const told = document.getElementById("told");
  let restore = null;

  function hold(part) {
    waiting.add(part.id);
    if (!dirty(part) || part.querySelector("[data-sent]") || part.querySelector(".held")) return;
    const notice = words("words-held");
    notice.querySelector("button").addEventListener("click", () => renew(part));
    part.prepend(notice);
    told.textContent = notice.querySelector("p").textContent;
  }

  function renew(part) {
    delete part.dataset.kept;
    // A field may belong to a form elsewhere on the page.
    const fields = [...part.querySelectorAll("input, textarea, select")];
    for (const form of new Set(fields.map((field) => field.form))) if (form) form.reset();
    release();
  }

  function release() {
    for (const id of waiting) {
      const part = document.getElementById(id);
      if (part && (dirty(part) || writing(part))) continue;
      waiting.delete(id);
      if (part) part.dispatchEvent(new Event("renew"));
    }
  }

  // What a swap would lose: the focus, and what was unfolded or folded by hand.
  function remember(root, byItself) {
    const active = document.activeElement;
    const inside = root.contains(active);
    const folds = [...root.querySelectorAll("details[id][data-touched]")].map((one) => [one.id, one.open]);
    return () => {
      for (const [id, open] of folds) {
        const fold = document.getElementById(id);
        if (fold) { fold.open = open; fold.dataset.touched = ""; }
      }
      if (byItself && active.isConnected && active !== document.activeElement) active.focus({ preventScroll: true });
      const lost = inside && (!document.activeElement || document.activeElement === body);
      const at = lost && (document.getElementById(root.id) || document.getElementById("main"));
      if (at) { at.tabIndex = -1; at.focus({ preventScroll: true }); }
    };
  }

  body.addEventListener("htmx:beforeSwap", (event) => {
    const swap = event.detail;
    const part = swap.requestConfig.elt;
    const byItself = part.matches("[data-part]");
    if (byItself && swap.isError) swap.shouldSwap = false;
    if (byItself && swap.xhr.status === 204) {
      waiting.delete(part.id);
      for (const notice of part.querySelectorAll(".held")) notice.remove();
    }
    if (!swap.shouldSwap) return;
    if (byItself && (dirty(part) || writing(part))) {
      swap.shouldSwap = false;
      hold(part);
      return;
    }
    const active = document.activeElement;
    // A part that renews itself takes the focus only from nobody, or from the call that was just taken.
    if (byItself && active && active !== body && !active.closest("#call")) {
      swap.serverResponse = swap.serverResponse.replaceAll(" autofocus", "");
    }
    if (!swap.isError) restore = remember(swap.target, byItself);
  });
  body.addEventListener("htmx:afterSettle", () => {
    if (restore) restore();
    restore = null;
    ringing();
    tick();
  });
  for (const kind of ["focusout", "input", "change", "reset"]) {
    document.addEventListener(kind, () => setTimeout(release, 0));
  }
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (summary) summary.parentElement.dataset.touched = "";
  });

  // -- live: the house says that something changed --------------------------------------------------------------------
  const connection = document.getElementById("connection");
  let source = null;
  let last = "";

  function liveAddress() {
    const address = new URL(body.dataset.live, location.href);
    if (last) address.searchParams.set("after", last);
    return address;
  }

  // What changed at this seat is fetched at once; what changed elsewhere, such as the queue, once a second at most.
  const GATHER_MS = 1000;
  let gathered = new Set();
  function gather(topics) {
    if (topics.includes("here")) dispatch(["here"]);
    if (!gathered.size) setTimeout(() => { dispatch(gathered); gathered = new Set(); }, GATHER_MS);
    for (const topic of topics) if (topic !== "here") gathered.add(topic);
  }

  function listen() {
    source = new EventSource(liveAddress());
    source.onopen = () => { connection.hidden = true; };
    source.onmessage = (message) => {
      last = message.lastEventId;
      gather(JSON.parse(message.data).changed);
    };
    source.onerror = () => {
      connection.hidden = false;
      if (source.readyState === EventSource.CLOSED) setTimeout(listenAgain, 2000);
    };
  }

  // A browser does not ask again after an answer that is no stream: signed out (204), or the house could not answer.
  async function listenAgain() {
    const asking = new AbortController();
    const answer = await fetch(liveAddress(), { signal: asking.signal, cache: "no-store" }).catch(() => null);
    const status = answer ? answer.status : 0;
    asking.abort();
    if (status === 204) signedOut();
    else if (status === 200) listen();
    else setTimeout(listenAgain, 3000);
  }

  function signedOut() {
    if ([...document.querySelectorAll("main form")].some((form) => dirty(form)) || document.querySelector("[data-kept]")) {
      connection.replaceChildren(words("words-signed-out"));
    } else {
      location.assign(body.dataset.away);
    }
  }

  body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    event.preventDefault();
    signedOut();
  });
  if (body.dataset.live) {
    listen();
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      source.close();
      listen();
      dispatch(["here", "calls", "seats", "tickets"]);
    });
  }

  // -- a step that the house did not answer: the server's words stand in #trouble, what was typed stays ----------------
  body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.requestConfig.elt.matches("[data-part]")) return;
    const said = document.getElementById("trouble-said");
    said.replaceChildren(words("words-no-answer"));
    said.scrollIntoView({ block: "nearest" });
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt.closest("form");
    if (form) delete form.dataset.sent;
  });
  // A new try takes the words of the last one away; its own form may be renewed before the answer to it comes.
  body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") document.getElementById("trouble-said").replaceChildren();
  });

  // -- time that passes: shown, never announced -----------------------------------------------------------------------
  const skew = Number(body.dataset.now || Date.now()) - Date.now();
  const speed = Number(body.dataset.speed || 1);
  const loaded = Date.now();
  function now() { return loaded + skew + (Date.now() - loaded) * speed; }

  function tick() {
    for (const element of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((now() - Date.parse(element.dataset.since)) / 1000));
      const text = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
      if (element.textContent !== text) element.textContent = text;
    }
  }
  setInterval(tick, 500);
  tick();

  // -- a ringing call: in the title, and the first thing to act on ----------------------------------------------------
  const title = document.title;
  let rings = null;
  function ringing() {
    const call = document.querySelector("[data-ringing]");
    const ref = call ? call.dataset.ringing : null;
    if (ref === rings) return;
    rings = ref;
    document.title = ref ? (language === "de" ? "Anruf – " : "Call – ") + title : title;
    const accept = call && document.querySelector("[data-accept]");
    if (accept && !writing(body)) accept.focus();
  }
  ringing();

  // -- keys: data-key="F2" clicks or opens the element ----------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const element = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!element) return;
    event.preventDefault();
    if (element.tagName === "DETAILS") {
      element.open = !element.open;
      element.querySelector("summary").focus();
    } else {
      element.focus();
      element.click();
    }
  });

  // -- one click is one change ----------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("sent" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "";
    setTimeout(() => { delete form.dataset.sent; }, 2000);
  }, true);
})();
