/** Lets a device ring at the end of a rest while its page is hidden and may sleep: the server then pushes it. Loaded where the lifter wants that. */

import { isLogged, setWords } from "./set-rows.js";
import { lasting } from "./store.js";

const ASKED = "ringEnds"; // where the end of the rest is kept whose ring was asked for; the next page may have to take it back
let last = Promise.resolve(); // the request before: an answer must not be overtaken by its taking back

const askedFor = () => Number(lasting.read(ASKED) ?? 0);

function ask() {
  const [dock, { end }] = [document.querySelector("set-dock"), document.querySelector("rest-timer")];
  const row = !dock.hidden && [dock.row, ...dock.rows].find((one) => one && !isLogged(one));
  const left = end - Date.now();
  if (!row || left <= 0 || askedFor() === end) return;
  const set = Object.fromEntries(new FormData(row));
  const words = [row.ariaLabel, ...(set.weight && set.reps ? [setWords(row, set)] : [])].join(", ");
  send({ seconds: Math.ceil(left / 1000), words, url: `${location.pathname}#${row.id}` }, end);
}

function takeBack() {
  const end = askedFor();
  if (!end) return;
  if (end > Date.now()) send({ seconds: "" }, 0);
  else lasting.write(ASKED, "0");
  closeShown().catch(() => {}); // there is no worker
}

/** Posts, and keeps for which rest a ring is asked for now: the one of before where nothing answers. */
function send(fields, end) {
  const before = askedFor();
  lasting.write(ASKED, String(end));
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const options = { method: "POST", body: new URLSearchParams(fields), headers, keepalive: true };
  last = last
    .then(() => fetch("/push/ring/", options))
    .then(({ ok }) => ok || Promise.reject())
    .catch(() => lasting.write(ASKED, String(before)));
}

/** Closes the notifications about this page: who looks at it needs them no more. */
async function closeShown() {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  for (const one of shown) if (one.data?.url?.split("#")[0] === location.pathname) one.close();
}

const change = () => (document.hidden ? ask() : takeBack());
document.addEventListener("visibilitychange", change);
document.addEventListener("rest", takeBack);
addEventListener("pagehide", ask);
change();
