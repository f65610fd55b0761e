// A device of a class: it comes in by the room's code, takes a seat, and draws the pages that it is sent. What is on screen draw.js draws.

let room = null, code = "", view = null, seen = null, notes = null;

// ---------------------------------------------------------------- coming in

function title(...content) {
  hang();
  document.body.dataset.view = "title";
  $("state").textContent = "";
  $("page").replaceChildren(el("section", { className: "title" }, content));
  $("page").focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** The first screen: the room's code, unless the address has brought it along. */
async function enter(typed) {
  if (typed) {
    const answer = await ask("/room", { code: typed });
    if (answer.ok) {
      [room, code] = [answer.value, typed];
      return choose();
    }
    tell(answer.error);
  }
  const field = el("input", { type: "text", className: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: false, maxLength: 8 });
  title(el("h1", {}, "Come in"), el("form", { onsubmit: (event) => { event.preventDefault(); enter(field.value.trim()); } },
    el("label", {}, "The four letters on the wall", field), el("button", { className: "plain" }, "Come in")));
  field.focus();
}

const seatOf = (id) => room.seats.find((seat) => seat.id === id);
const named = (seat) => (seat.place ? `${seat.place}: ${seat.name}` : seat.name);

/** Which group. */
function choose() {
  const items = room.groups.map((group, at) => {
    const free = group.seats.filter(([, free]) => free).length;
    return [group.name, free === 0 ? "all seats taken" : free === 1 ? "one seat free" : `${free} seats free`, () => seats(at)];
  });
  title(el("h1", {}, room.title || "An untitled story"), room.by ? el("p", { className: "by" }, room.by) : null,
    prose(room.about), prose(room.notice, { className: "notice" }), el("h2", {}, "Which group are you in?"), choices("Groups", items));
}

/** Which seat: one that is free, one that was yours, or none. */
function seats(at) {
  const group = room.groups[at];
  const items = group.seats.map(([id, free]) => (free
    ? [named(seatOf(id)), null, () => join({ group: at, seat: id })]
    : [named(seatOf(id)), "taken; was it yours? Then you have a word for it", () => again(at, id)]));
  items.push(["Observe", "without a seat", () => join({ group: at })]);
  items.push(["Another group", null, () => enter(code)]);
  title(el("h1", {}, group.name), el("p", {}, "Take a seat. You see on this device what this seat sees, and nobody else does."), choices("Seats", items));
}

async function join(where) {
  const answer = await ask("/join", { code, ...where });
  if (answer.ok) return listen_in();
  tell(answer.error);
  enter(code);
}

function again(group, seat) {
  const field = el("input", { type: "text", className: "code", autocomplete: "off", autocapitalize: "none", spellcheck: false, maxLength: 12 });
  const take = async (event) => {
    event.preventDefault();
    const answer = await ask("/again", { code, group, seat, word: field.value });
    if (answer.ok) listen_in(); else tell(answer.error);
  };
  title(el("h1", {}, named(seatOf(seat))), el("form", { onsubmit: take },
    el("label", {}, "The word of this seat; it stood on the first screen and stands in the menu", field),
    el("button", { className: "plain" }, "Take it up again"), button("Back", () => seats(group))),
    el("p", { className: "meta" }, "Forgotten? The teacher can free the seat."));
  field.focus();
}

// ---------------------------------------------------------------- pages

let stream = null, polling = null;
/** When the stream last said something, and whether it ever has. */
let heard = 0, spoke = false;

/** Stops listening. */
function hang() {
  stream?.close();
  clearInterval(polling);
  stream = polling = null;
  runs(null);
  notes?.hide();
  view?.clear();
}

/** Listens to the class: a stream where it comes through, else by asking every few seconds. */
function listen_in() {
  hang();
  stream = new EventSource("/events");
  const hear = () => { heard = Date.now(); spoke = true; };
  stream.onmessage = (event) => { hear(); shown(JSON.parse(event.data)); };
  // The class says every ten seconds that it is still there.
  stream.addEventListener("here", hear);
  stream.onerror = look;
  [heard, spoke] = [Date.now(), false];
  look();
  polling = setInterval(() => { if (deaf(Date.now())) look(); }, 2000);
}
/** Whether nothing comes through the stream; some networks keep back what is not at its end. */
const deaf = (now) => now - heard > (spoke ? 25000 : 4000);

/** How often something was shown. */
let shows = 0;
/** Asks how things stand; whoever is no longer a member comes in anew. */
async function look() {
  const asked = shows, answer = await ask("/state");
  // The stream may have brought the same or more meanwhile; what it brings is never older than what it brought.
  if (answer.ok) return shows === asked || answer.value.moves > seen.moves ? shown(answer.value) : undefined;
  if (answer.status === 401) {
    hang();
    if (seen) tell("This device has no seat any more.");
    seen = null;
    return enter(code || here());
  }
  $("state").textContent = answer.error ?? "";
}

/** The word of a seat, and what it is for. */
const wordOf = (now) => (now?.word ? el("p", {}, "Your word: ", el("b", { className: "code" }, now.word), ". With it you take this seat up again on another device.") : null);

function shown(now) {
  const before = seen;
  // A decision may have been answered before the stream tells what was before it.
  if (before && before.group === now.group && before.seat === now.seat && now.moves < before.moves) return;
  seen = now;
  shows += 1;
  document.body.dataset.view = "game";
  runs(now.turn);
  $("state").replaceChildren(...[
    now.state === "waiting" ? `${now.group}. ` : null,
    now.state === "paused" ? "The teacher has stopped the clock." : null,
  ].filter(Boolean));
  if (now.state === "waiting") {
    $("page").replaceChildren(el("section", { className: "title" }, el("h1", {}, `You are in ${now.group}`),
      el("p", {}, now.missing.length ? `Still to come: ${now.missing.join(", ")}.` : "It begins."), wordOf(now)));
    return;
  }
  const opened = now.state === "over" && (now.step !== (before?.step ?? 0) || before?.state !== "over");
  if (opened) lookBack(now.step, before?.step);
  if (!now.page) {
    $("page").replaceChildren(el("section", { className: "title" }, el("h1", {}, `You observe ${now.group}`),
      el("p", {}, now.state === "over" ? "Their game is over." : now.deciding ? `${now.deciding} decides now.` : "")));
    return;
  }
  view ??= new PageView({ title: now.title, seats: now.seats, send: decide, after });
  if (!view.page) welcome(now);
  view.show(now.page, !before?.page);
  if (opened) view.deciding();
  if (now.word && notes?.key !== NOTED + now.word) notes = new Notes(now.word);
  if (now.state === "over") notes?.hide(); else notes?.show(now.page.part ?? "", now.page.turn === "another");
}

// ---------------------------------------------------------------- the clock of a turn

let ticking = null;
/** Shows how much time whoever decides here has left; nobody else sees it. */
function runs(turn) {
  clearInterval(ticking);
  $("turn").hidden = !turn;
  if (!turn) return;
  const ends = performance.now() + turn.left;
  let warned = turn.left < 10000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((turn.stands ? turn.left : ends - performance.now()) / 1000));
    $("turn").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`;
    if (left <= 10 && !warned) { warned = true; tell("Ten seconds left."); }
  };
  tick();
  if (!turn.stands) ticking = setInterval(tick, 250);
}

/** What a seat's holder is told once. */
function welcome(now) {
  if (!now.word || localStorageHas(now.word)) return;
  const { seat } = now.page;
  lay(seat.name, [prose(seat.brief), seat.counts ? el("p", {}, `Counts ${seat.counts}.`) : null, wordOf(now), button("I have read this", close)]);
}
function localStorageHas(word) {
  try {
    const key = "hallway/class/word";
    if (localStorage.getItem(key) === word) return true;
    localStorage.setItem(key, word);
  } catch { /* It is told once more after a reload, then. */ }
  return false;
}

async function decide(request) {
  const asked = seen.moves, answer = await ask("/decide", { moves: asked, request });
  // The stream may have brought it already, and more.
  if (answer.ok) return seen.moves === asked ? shown(answer.value) : undefined;
  view.refused();
  tell(answer.error);
  look();
}

/** Lays the step of looking back over the page that the teacher has opened on every device. */
async function lookBack(step, before) {
  if (!step) return before ? close() : undefined;
  const answer = await ask("/debrief");
  if (!answer.ok) return tell(answer.error);
  const { title, asks, codes, debrief } = answer.value, { turned, trail, known } = lookedAt(debrief);
  const column = (heading, ...content) => el("div", {}, el("h3", {}, heading), content);
  const parts = [
    () => prose(seen.page?.ending?.because ?? []),
    () => (notes ? el("div", { className: "columns" }, column("What you wrote down", notes.told()), el("div", {}, trail)) : trail),
    () => [codes ? el("p", {}, "Class code ", el("b", { className: "code" }, codes[0]), ", result code ", el("b", { className: "code" }, codes[1])) : null, turned],
    () => known,
  ];
  lay(title, [el("p", { className: "question" }, asks), parts[answer.value.step - 1]()], answer.value.step === 2);
}

/** What stands in the choices' place after the end. */
function after() {
  return el("p", { className: "question" }, "The game is over. Wait for the teacher; meanwhile you can read it again (Menu).",
    seen?.step ? button("Look back", () => lookBack(seen.step)) : null);
}

// ---------------------------------------------------------------- hands

async function history() {
  const answer = await ask("/history");
  if (answer.ok) lay("What you have read", answer.value.map(block)); else tell(answer.error);
}
function menu() {
  lay("Menu", [wordOf(seen), seen?.page ? prose(seen.page.seat.brief) : null,
    el("ul", { className: "list" }, [["What you have read", history], ["Settings", laySettings], ["Give this seat back", leave]].map(([words, act]) => el("li", {}, button(words, act))))]);
}
async function leave(event) {
  const it = event.currentTarget;
  if (it.textContent !== "Give it back: sure?") { it.textContent = "Give it back: sure?"; return; }
  await ask("/leave", {});
  notes?.forget();
  close();
  seen = null;
  enter(code || here());
}

listen({ record: marks, menu, close }, { r: () => { if (view?.page) marks(); }, h: () => { if (view?.page) history(); }, m: menu, o: laySettings });
// A device that has slept has a stream that no longer speaks, and is not told so.
for (const woken of ["pageshow", "visibilitychange", "online"]) {
  addEventListener(woken, () => { if (stream && document.visibilityState === "visible") listen_in(); });
}
(async () => {
  const answer = await ask("/state");
  if (answer.ok) listen_in(); else enter(here());
  document.documentElement.dataset.ready = "yes";
})();
