// Live fragments, timers, one announcement for a ringing call, and keys. Pages work without it, only not by themselves.
(function () {
  "use strict";
  const body = document.body;
  const language = document.documentElement.lang;

  // -- live: tell the fragments of this page that something changed ---------------------------------------------------
  const connection = document.getElementById("connection");
  let waiting = new Set();

  function busy() {
    const active = document.activeElement;
    return active && active.closest("[data-busy]") && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
  }

  function tell() {
    if (!waiting.size || busy()) return;
    const topics = waiting;
    waiting = new Set();
    for (const topic of topics) body.dispatchEvent(new Event("live-" + topic));
    body.dispatchEvent(new Event("live"));
  }

  if (body.dataset.live) {
    const source = new EventSource(body.dataset.live);
    source.onopen = () => { connection.hidden = true; };
    source.onerror = () => { connection.hidden = false; };
    source.onmessage = (message) => {
      for (const topic of JSON.parse(message.data).changed) waiting.add(topic);
      tell();
    };
    document.addEventListener("focusout", () => setTimeout(tell, 0));
    addEventListener("pagehide", () => source.close());
  }

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
    const now = call ? call.dataset.ringing : null;
    if (now === rings) return;
    rings = now;
    document.title = now ? (language === "de" ? "Anruf – " : "Call – ") + title : title;
    const accept = call && document.querySelector("[data-accept]");
    if (accept && !busy()) accept.focus();
  }

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
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 2000);
  });

  body.addEventListener("htmx:afterSettle", () => { ringing(); tick(); });
  ringing();
})();
