// A device of a class: it comes in by the room's code, takes a seat, and draws the pages that it is sent. What is on screen draw.js draws.

/** The language of the story's words among the page's own. */
const storyLanguage = { lang: document.documentElement.lang };
let room = null, code = "", view = null, seen = null, notes = null;

// ---------------------------------------------------------------- coming in

/** Shows a screen before the game: `content`, what went `wrong` before, and a list that is made again when the room has changed. */
function title(content, wrong = "", list = null) {
  hang();
  view?.clear();
  notes?.hide();
  runs(null);
  seen = null;
  // What was told before was about another screen.
  tell("");
  standing("");
  document.body.dataset.view = "title";
  const made = () => choices(list.label, list.items());
  let shown = list && made();
  $("page").replaceChildren(el("section", { className: "title", lang: "en" }, el("p", { className: "wrong", role: "alert" }, wrong), content, shown));
  $("page").focus({ preventScroll: true });
  scrollTo(0, 0);
  if (!list) return;
  looking = setInterval(async () => {
    const answer = document.visibilityState === "visible" ? await ask("/room", { code }) : {};
    if (!answer.ok || !shown.isConnected || JSON.stringify(answer.value) === JSON.stringify(room)) return;
    room = answer.value;
    const key = shown.contains(document.activeElement) && document.activeElement.dataset.key, now = made();
    shown.replaceWith(now);
    shown = now;
    if (key) now.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }, 3000);
}
/** Asks how the room is, while somebody looks at its seats. */
let looking = null;

/** The first screen: the room's code, unless it is `known`: from the address, or from before. */
async function enter(typed, wrong = "", known = true) {
  if (typed) {
    const answer = await ask("/room", { code: typed });
    if (answer.ok) {
      [room, code] = [answer.value, typed];
      return choose(wrong);
    }
    wrong = known && answer.status === 403 ? OTHER : answer.error;
  }
  const field = el("input", { type: "text", className: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: false, maxLength: 8 });
  title([el("h1", {}, "Come in"), el("form", { onsubmit: (event) => { event.preventDefault(); enter(field.value.trim(), "", false); } },
    el("label", {}, "The four letters on the wall", field), el("button", { className: "plain main" }, "Come in"))], wrong);
  field.focus();
}

const OTHER = "The class that this page was in has ended. Type the four letters that are on the wall now, to come into the new one.";
const seatOf = (id, seats = room.seats) => seats.find((seat) => seat.id === id);
const named = (seat) => (seat.place ? `${seat.place}: ${seat.name}` : seat.name);

/** How many seats of a group can still be had, in words. */
function free(group) {
  const count = (how) => group.seats.filter((seat) => seat[1] === how).length, left = count("free");
  if (left) return left === 1 ? "one seat free" : `${left} seats free`;
  return count("story") ? "you can take a seat over from the story" : "all seats taken";
}

/** Which group. */
function choose(wrong = "") {
  title([el("h1", room.title ? storyLanguage : {}, room.title || "An untitled story"), room.by ? el("p", { className: "by" }, room.by) : null,
    prose(room.about), prose(room.notice, { className: "notice" }), el("h2", {}, "Which group are you in?")], wrong,
  { label: "Groups", items: () => room.groups.map((group, at) => [group.name, free(group), () => seats(at)]) });
}

/** Which seat: one that is free, one that the story plays, one that was yours, or none. */
function seats(at) {
  const had = {
    free: (id) => [named(seatOf(id)), null, () => join({ group: at, seat: id })],
    story: (id) => [named(seatOf(id)), room.groups[at].begun ? "the story plays it so far; you take it over" : "the story plays it if nobody takes it", () => join({ group: at, seat: id })],
    taken: (id) => [named(seatOf(id)), "taken; was it yours? Then you have a word for it", () => again(at, id)],
  };
  const items = () => [...room.groups[at].seats.map(([id, how]) => had[how](id)),
    ["Observe", "without a seat", () => join({ group: at })], ["Another group", null, () => enter(code)]];
  title([el("h1", {}, room.groups[at].name), el("p", {}, "Take a seat. You see on this device what this seat sees, and nobody else does.")], "", { label: "Seats", items });
}

async function join(where) {
  const answer = await ask("/join", { code, ...where });
  if (answer.ok) listen_in(); else enter(code, answer.error);
}

function again(group, seat) {
  const field = el("input", { type: "text", className: "code", autocomplete: "off", autocapitalize: "none", spellcheck: false, maxLength: 12 });
  const take = async (event) => {
    event.preventDefault();
    const answer = await ask("/again", { code, group, seat, word: field.value });
    if (answer.ok) listen_in(); else wrong.textContent = answer.error;
  };
  const wrong = el("p", { className: "wrong", role: "alert" });
  title([el("h1", {}, named(seatOf(seat))), el("form", { onsubmit: take },
    el("label", {}, "The word of this seat; it stood on the first screen and stands in the menu", field), wrong,
    el("p", { className: "ways" }, el("button", { className: "plain main" }, "Take it up again"), button("Back", () => seats(group)))),
  el("p", { className: "meta" }, "Forgotten? The teacher can free the seat.")]);
  field.focus();
}

/** Gives up the seat, or stops observing, and chooses anew. */
async function leave() {
  // The class ends the stream of whoever leaves; that is no news to this page.
  hang();
  const answer = await ask("/leave", {});
  if (!answer.ok && answer.status !== 401) {
    listen_in();
    return tell(answer.error);
  }
  notes?.forget();
  kept.clear();
  close();
  enter(code || here());
}
/** A button that asks first. */
const twice = (words, act) => button(words, ({ currentTarget: it }) => {
  if (it.dataset.sure) return act();
  it.dataset.sure = "yes";
  it.textContent = `${words}: sure?`;
});

// ---------------------------------------------------------------- pages

let stream = null, polling = null;
/** When the stream last said something, and whether it ever has. */
let heard = 0, spoke = false;

/** Stops listening, to the class and to the room. */
function hang() {
  stream?.close();
  clearInterval(polling);
  clearInterval(looking);
  stream = polling = looking = null;
}

/** Listens to the class: a stream where it comes through, else by asking every few seconds. What is on screen stays. */
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
  polling = setInterval(() => {
    // A stream that was refused is not opened again by the browser.
    if (stream.readyState === EventSource.CLOSED) return listen_in();
    if (away || deaf(Date.now())) look();
  }, 2000);
}
/** Whether nothing comes through the stream; some networks keep back what is not at its end. */
const deaf = (now) => now - heard > (spoke ? 25000 : 4000);

/** How often something was shown. */
let shows = 0;
/** Asks how things stand; whoever is no longer a member comes in anew. */
async function look() {
  const asked = shows, answer = await ask("/state");
  if (!stream) return;
  // The stream may have brought the same or more meanwhile; what it brings is never older than what it brought.
  away = answer.status ? "" : answer.error;
  if (answer.ok && (shows === asked || answer.value.moves > seen.moves)) return shown(answer.value);
  if (answer.status === 401) {
    const had = seen, room = code || here();
    hang();
    // Another class may be open there by now. What its holder has read of this one stays.
    const known = room && had ? await ask("/room", { code: room }) : null;
    if (known?.status === 403) return standing(OTHER_OPEN, button("Come into the new class", () => { location.hash = code = ""; enter(""); }));
    return enter(room, had ? "This device has no seat any more." : "");
  }
  if (!answer.ok && !away) tell(answer.error);
  stood();
}
/** Why the class cannot be asked, while it cannot. */
let away = "";
function stood() {
  standing(seen?.closed ? ENDED : away || (seen?.state === "paused" ? PAUSED : ""));
}

/** Says below the page why nothing can be decided, for as long as that is so. Said again it is told again, to whoever listens. */
function standing(words, way = "") {
  const it = $("state");
  stands = words;
  if (words && it.textContent === words) it.replaceChildren();
  it.replaceChildren(words, words && way ? " " : "", way);
  hold();
}
/** Why nothing can be decided now. */
let stands = "";
/** What can be read after the end can be read whatever happens to the class. */
const isHeld = () => Boolean(stands) && seen?.state !== "over";
/** The choices look as they are: they keep their place, and whoever was at one of them stays there. */
function hold() {
  const held = isHeld();
  $("frame").classList.toggle("held", held);
  for (const it of document.querySelectorAll(".deciding .choices button")) {
    if (held) it.setAttribute("aria-disabled", "true"); else it.removeAttribute("aria-disabled");
  }
}
document.addEventListener("click", (event) => {
  if (!isHeld() || !event.target.closest(".deciding .choices button")) return;
  event.stopPropagation();
  event.preventDefault();
  standing(stands);
}, true);

/** The word of a seat, and what it is for. */
const wordOf = (now) => (now?.word ? el("p", {}, "Your word: ", el("b", { className: "code" }, now.word), ". With it you take this seat up again on another device.") : null);
/** Names of seats within a sentence. */
const and = (names) => names.map((name) => name.replace(/^The /, "the ")).join(", ").replace(/, ([^,]*)$/, " and $1");

let still = null;
/** A screen without a page, that stays: what changes on it, and what stands below that. */
function screen(key, changing, ...below) {
  if (still?.key !== key || !still.it.isConnected) {
    view?.clear();
    notes?.hide();
    still = { key, it: el("div", { "aria-live": "polite" }) };
    $("page").replaceChildren(el("section", { className: "title", lang: "en" }, still.it, below));
  }
  still.it.replaceChildren(...changing.flat(9).filter(Boolean));
}

function waiting(now) {
  const seat = seatOf(now.seat, now.seats);
  const come = now.missing.length ? `Still to come: ${and(now.missing)}.` : "All of you are here.";
  screen(`waits ${now.group} ${now.seat}`, [el("h1", {}, `You are in ${now.group}`), el("p", {}, "Your seat: ", el("b", {}, named(seat)), "."), wordOf(now),
    el("p", {}, `${come} The teacher begins the game.`), now.card ? [el("h2", {}, "Who you are"), card(now.card), button("I have read this", () => ask("/read", {}), { className: "plain main" })] : null], el("p", { className: "ways" }, twice("Give this seat back", leave)));
}

/** What everybody may see of a group. */
function observing(now) {
  const { group, news, ending } = now.observed;
  const over = now.state === "over";
  screen(`observes ${now.group}`, [el("h1", {}, `You observe ${now.group}`), goings(group),
    news.map((words) => [el("p", { className: "arrival" }, "News"), prose(words)]),
    ending ? [el("h2", {}, `How it ended: ${ending.title}`), prose(ending.because)] : null,
    over && now.step ? el("p", { className: "ways" }, button("Look back", () => lookBack(now.step))) : null,
    over ? null : el("p", { className: "meta" }, "What a seat reads is for its holder alone, until the game is over.")],
  el("p", { className: "ways" }, button("Choose a seat", leave)));
}

/** What has changed about who plays, and nothing else on the page tells. */
function newcomers(before, now) {
  if (!before || before.group !== now.group) return;
  const gone = before.story_plays.filter((name) => !now.story_plays.includes(name));
  const come = now.story_plays.filter((name) => before.state === "waiting" || !before.story_plays.includes(name));
  if (gone.length && gone[0] !== seatOf(now.seat, now.seats)?.name) tell(`From here on a pupil plays ${and(gone)}, not the story.`, true);
  else if (come.length) tell(before.state === "waiting" ? `Nobody has come to play ${and(come)}: the story does.` : `From here on the story plays ${and(come)}.`, true);
}

function shown(now) {
  const before = seen;
  // A decision may have been answered before the stream tells what was before it.
  if (before && before.group === now.group && before.seat === now.seat && now.moves < before.moves) return;
  seen = now;
  shows += 1;
  document.body.dataset.view = "game";
  runs(now.turn);
  away = "";
  stood();
  if (now.observed) observing(now);
  else if (now.state === "waiting") return waiting(now);
  const opened = now.state === "over" && (now.step !== (before?.step ?? 0) || before?.state !== "over");
  if (opened) lookBack(now.step, before?.step);
  if (!now.page) return;
  view ??= new PageView({ title: now.title, seats: now.seats, send: decide, after });
  if (!view.page) welcome(now);
  // What somebody was reading when their time was over stays above what came of it.
  const missed = before?.page?.turn === "yours" && !view.sent && now.moves > before.moves && now.page.blocks.some((it) => it.kind === "silence");
  if (missed) view.sent = { words: el("span", { lang: "en" }, "Your time was over before you decided. What you had read stands above.") };
  view.show(now.page, !before?.page);
  hold();
  newcomers(before, now);
  if (opened) view.deciding();
  if (now.word && notes?.key !== NOTED + now.word) notes = new Notes(now.word);
  if (now.state === "over") notes?.hide(); else notes?.show(now.page.part ?? "", now.page.turn === "another");
}
const OTHER_OPEN = "This class has ended. Another one is open here now.";
const ENDED = "The teacher has ended the lesson. You can still read this page.";
const PAUSED = "The teacher has stopped the clock. You can decide when it goes on.";

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

/** Who a seat's holder is. */
const card = (seat) => [prose(seat.brief), seat.counts ? el("p", {}, `Counts ${seat.counts}.`) : null];
/** What a seat's holder is told once, before their time runs. */
function welcome(now) {
  if (!now.card || now.state === "over") return;
  lay(now.card.name, [card(now.card), wordOf(now), now.turn ? el("p", { className: "meta" }, "Your time begins when you have read this.") : null, button("I have read this", close)]);
  $("sheet").addEventListener("close", () => ask("/read", {}), { once: true });
}

async function decide(request) {
  const asked = seen.moves, answer = await ask("/decide", { moves: asked, request });
  // The stream may have brought it already, and more.
  if (answer.ok) return seen?.moves === asked ? shown(answer.value) : undefined;
  view.refused();
  await look();
  // Why, is told once: what stands below the page tells it for as long as it is so.
  if (answer.status && seen?.state !== "paused") tell(answer.error);
}

/** Lays the step of looking back over the page that the teacher has opened on every device. */
async function lookBack(step, before) {
  if (!step) return before ? close() : undefined;
  const answer = await ask("/debrief");
  if (!answer.ok) return tell(answer.error);
  const { title, asks, codes, debrief } = answer.value, { turned, trail, known } = lookedAt(debrief);
  const parts = [
    () => prose((seen.page ?? seen.observed)?.ending?.because ?? []),
    () => (notes ? el("div", { className: "columns" }, column("What you wrote down", notes.told()), el("div", {}, which(), trail)) : [which(), trail]),
    () => [codes ? el("p", {}, "Class code ", el("b", { className: "code" }, codes[0]), ", result code ", el("b", { className: "code" }, codes[1])) : null, turned],
    () => known,
  ];
  lay(title, [el("p", { className: "question" }, asks), parts[answer.value.step - 1]()], answer.value.step === 2);
}

/** What there is to read after the end, by its path: fetched once, and there even when the laptop is gone. */
const kept = new Map();
async function fetched(path) {
  if (kept.has(path)) return kept.get(path);
  const answer = await ask(path);
  if (answer.ok && seen?.state === "over") kept.set(path, answer);
  return answer;
}
/** What stands in the choices' place after the end: what to do until all have finished. */
function after() {
  for (const path of ["/after", "/record", "/history"]) fetched(path);
  return el("div", { lang: "en" }, el("p", { className: "question" }, "The game is over. Until the teacher goes on with all of you:"), choices("After the end", [
    ...(seen?.step ? [["Look back", "The step that the teacher has opened", () => lookBack(seen.step)]] : []),
    ["Your messages, and what became of them", "Beside what you wrote down while you waited", messages],
    ...seen.seats.filter((seat) => seat.id !== seen.seat).map((seat) => [`How it was for ${and([seat.name])}`, "What this seat read, beside yours", () => otherSide(seat)]),
    ["What is known, and who says so", "Every source of what you have read", sources],
    ["Your exit ticket", "One claim, its source, one limit", ticket],
    ["What you have read", null, history],
  ]));
}
/** Not everything that a seat decides is a sentence that somebody carries. */
const which = () => el("p", { className: "meta" }, "Here are the messages whose words somebody carried. Whatever else was decided stands under “What you have read”.");
const column = (heading, ...content) => el("div", {}, el("h3", {}, heading), content);
/** Looks at something of the game that is over. */
async function looked(heading, content, broad = false) {
  const answer = await fetched("/after");
  if (answer.ok) lay(heading, content(answer.value), broad); else tell(answer.error);
}
const messages = () => looked("Your messages, and what became of them", ({ trail }) => el("div", { className: "columns" }, column("What you wrote down", notes?.told()),
  column("What became of it", which(), trail.length ? el("ol", {}, trail.map(wayOf)) : el("p", { className: "meta" }, "No message was sent in this game."))), true);
const otherSide = (seat) => looked(`How it was for ${and([seat.name])}`, ({ seats }) => el("div", { className: "columns" },
  [seen.seat, seat.id].map((id) => seats.find(([it]) => it.id === id)).filter(Boolean).map(([it, read]) => column(it.id === seen.seat ? "You" : it.name, read.map(block)))), true);
const ticket = () => looked("Your exit ticket", ({ questions }) => [notes?.ticket(), questions.length ? [el("h3", {}, "Worth arguing about"), el("ul", {}, questions.map((words) => el("li", storyLanguage, words)))] : null]);
/** The sources of all that was read. */
async function sources() {
  const answer = await fetched("/record");
  if (!answer.ok) return tell(answer.error);
  const { read, more } = answer.value;
  lay("What is known, and who says so", [el("h3", {}, "What you have read"), read.length ? [el("p", {}, "What cites nothing is invented."), read.map(fact)] : el("p", {}, "Nothing that you have read is on record: all of it is invented."),
    more.length ? [el("h3", {}, "What else the story rests on"), more.map(fact)] : null]);
}

// ---------------------------------------------------------------- hands

async function history() {
  const answer = await fetched("/history");
  if (answer.ok) lay("What you have read", answer.value.map(block)); else tell(answer.error);
}
function menu() {
  lay("Menu", [wordOf(seen), seen?.page ? prose(seen.page.seat.brief) : null,
    el("ul", { className: "list" }, [button("What you have read", history), button("What is known, and who says so", sources), button("Settings", laySettings), twice("Give this seat back", leave)].map((it) => el("li", {}, it)))]);
}
/** The signs on the page; after the end, when little is left on it, all that was known. */
const record = () => { if (seen?.state === "over") sources(); else if (view?.page) marks(); };
listen({ record, menu, close }, { r: record, h: () => { if (view?.page) history(); }, m: menu, o: laySettings });
// A device that has slept has a stream that no longer speaks, and is not told so.
for (const woken of ["pageshow", "visibilitychange", "online"]) {
  addEventListener(woken, () => { if (stream && document.visibilityState === "visible") listen_in(); });
}
(async () => {
  const answer = await ask("/state");
  if (answer.ok) listen_in(); else enter(here());
  document.documentElement.dataset.ready = "yes";
})();
