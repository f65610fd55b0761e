// An exported page: the runtime, the games that the browser keeps, the title and the curtain. What is on screen draw.js draws.

let story, runtime, view;

/** Asks the runtime. An error is told to the reader, and the answer is undefined. */
function ask(request) {
  const answer = runtime(request);
  if (answer.error) { (request.do === "resume" ? wrong : tell)(answer.error); return undefined; }
  (answer.notices ?? []).forEach(tell);
  return answer;
}

// ---------------------------------------------------------------- what is kept

let kept = null, storage = true, warned = false;
const own = Math.random().toString(36).slice(2);
const prefix = () => `hallway/${story.name}/`;
const anew = (text) => ({ key: `${prefix()}game/${Date.now()}-${own}`, text, name: "", seat: "", ended: "" });

function keptGames() {
  const out = [];
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const key = localStorage.key(at);
      if (!key.startsWith(prefix() + "game/")) continue;
      try { out.push({ key, ...JSON.parse(localStorage.getItem(key)) }); } catch { /* Not ours, or torn: it stays. */ }
    }
  } catch { storage = false; }
  return out.sort((one, other) => other.written - one.written);
}
const day = (written) => new Date(written).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
function append(lines) {
  if (kept) kept.text += (lines ?? []).map((line) => line + "\n").join("");
}
/** Keeps the game as it stands: before anything of it is shown. */
function keep() {
  if (!kept) return;
  kept.written = Date.now();
  kept.by = own;
  const { key, ...value } = kept;
  if (!settle(key, JSON.stringify(value)) && !warned) {
    warned = true;
    tell("This browser keeps nothing for this page. The game goes on; to keep it, use Menu, then Save to a file.", true);
  }
}
function forget(game) {
  try { localStorage.removeItem(game.key); } catch { /* It is kept nowhere then. */ }
  if (kept?.key === game.key) kept = null;
}
window.addEventListener("storage", (event) => {
  if (!kept || event.key !== kept.key || !event.newValue) return;
  // The same game goes on in another window. Both are kept: this one under a key of its own.
  kept.key = anew("").key;
  kept.name = kept.name ? `${kept.name} (copy)` : "copy";
  keep();
  tell("This game is open in another window too. What you do here is kept as a copy.", true);
});

// ---------------------------------------------------------------- what is on screen

/** Shows what was answered, once it is kept. */
function shown(answer, afresh = false) {
  if (!answer) return view.refused();
  if (answer.begun) kept = anew(answer.save);
  append(answer.lines);
  const { page } = answer;
  if (kept && page) {
    kept.seat = page.seat.id;
    kept.ended = page.ending?.title ?? "";
    kept.stands = [page.part, page.place, page.clock].filter(Boolean).join(" · ");
  }
  if (answer.begun || answer.lines) keep();
  remember(kept?.key);
  if (answer.curtain) return curtain(answer.curtain);
  if (!page) return;
  const again = afresh && !answer.begun;
  view.show(page, afresh || answer.begun, again ? before(page) : []);
  enable(again || answer.begun);
}
/** What was read before this page: the page before it, and a way to all the rest. */
function before(page) {
  const read = ask({ do: "history" })?.history.slice(0, -page.blocks.length) ?? [];
  const from = read.slice(0, -1).findLastIndex((it) => it.kind === "chosen") + 1;
  if (!read.length) return [];
  return [from ? el("p", {}, button(english("What came before this"), history, { className: "plain small" })) : null, read.slice(from).map(block)];
}
/** Undo and redo can be pressed where there is something to undo and redo. `looked`: the game may be anywhere, so that it is asked. */
function enable(looked) {
  const set = (act, can) => { document.querySelector(`[data-act=${act}]`).disabled = !can; };
  const { decisions, undone } = looked ? runtime({ do: "decisions" }) : { decisions: [null] };
  set("undo", decisions?.length);
  set("redo", undone);
}
/** Which game is open in this window, so that it is there again after the page was loaded anew. */
function remember(key) {
  try { if (key) sessionStorage.setItem(prefix() + "open", key); else sessionStorage.removeItem(prefix() + "open"); } catch { /* It begins with its title, then. */ }
}
function remembered() {
  try { return sessionStorage.getItem(prefix() + "open"); } catch { return null; }
}

function resume(game) {
  const answer = ask({ do: "resume", save: game.text });
  if (!answer) return;
  kept = { ...game, text: answer.save, by: own };
  close();
  shown({ ...answer, begun: false }, true);
}

/** Whether it is meant for a class, or begun as one: a story without a record is played for its own sake. */
const forClass = () => story.record || story.news.length > 0 || Boolean($("story").dataset.code);

function curtain(seat) {
  view.clear();
  document.body.dataset.view = "curtain";
  const sit = button(english("I have sat down"), () => shown(ask({ do: "sit" }), true), { className: "plain main", "data-key": "1" });
  $("page").replaceChildren(el("div", { className: "curtain" }, el("h1", {}, english(`This is for ${person(seat)} now.`)),
    el("p", {}, english("The others look away.", forClass() ? " Whoever waits writes down what they think was said." : "")), el("p", {}, sit)));
  scrollTo(0, 0);
  sit.focus();
}

function title() {
  remember(null);
  view.clear();
  document.body.dataset.view = "title";
  const { seats } = story, { role, code } = $("story").dataset, several = !role && !code && seats.length > 1;
  const begin = (ids) => shown(ask({ do: "begin", seats: ids, seed: Math.floor(Math.random() * 1e6) }));
  const seat = (it) => [[it.place ? `${it.place}: ${it.name}` : it.name], [plain(it.brief), it.counts ? english(` Counts ${it.counts}.`) : ""].filter(Boolean), () => begin([it.id])];
  const items = code ? [["Begin", null, () => shown(ask({ do: "begin", code }))]]
    : role ? [seat(seats.find((it) => it.id === role))]
    : several ? [...seats.map(seat), ["Together, at this device", "You hand it round; a curtain hangs between your turns", () => begin(seats.map((it) => it.id))]]
    : [["Begin", null, () => begin([seats[0].id])]];
  const open = keptGames().find((game) => !game.ended);
  if (open) items.unshift(["Go on", `Kept ${day(open.written)}${open.name ? `, “${open.name}”` : ""}`, () => resume(open)]);
  const { notice } = story;
  $("page").replaceChildren(el("section", { className: "title" },
    el("div", { className: "about" }, el("h1", {}, story.title || "An untitled story"), story.by ? el("p", { className: "by" }, story.by) : null, prose(story.about),
      notice.length ? el("div", { className: "notice" }, prose(notice)) : null),
    el("div", { className: "begin" }, choices("Begin", items), el("p", { className: "small row" }, [["Kept games", games], ["Open a save", load], ["Play by a code", byCode], ["Settings", laySettings], ["Keys", help]]
      .filter(([, act]) => act !== byCode || (several && forClass())).map(([words, act]) => button(english(words), act, { className: act === help ? "plain typed" : "plain" }))))));
  $("page").focus({ preventScroll: true });
  scrollTo(0, 0);
}

// ---------------------------------------------------------------- hands

const ACTS = {
  undo: () => { const answer = ask({ do: "undo" }); if (answer) { shown(answer, true); tell("Undone."); } },
  redo: () => { const answer = ask({ do: "redo" }); if (answer) { untell(); shown(answer, true); } },
  record: () => { if (story.record) marks(); },
  menu, close,
};
function decided(request) {
  shown(ask(request));
}
const stands = () => tell([view.page.place, view.page.clock, ...view.page.status.map((it) => `${it.name}: ${it.word}`)].filter(Boolean).join("; "));
const locked = () => tell(view.page.ask?.offers.filter((it) => !it.open).map((it) => `${plain(it.words)} ${plain(it.why)}`).join(" ") || "Everything here is open.");
const playing = (act) => () => { if (view?.page) act(); };
const PLAYING = { u: ACTS.undo, y: ACTS.redo, h: history, "/": () => { history(); $("sheet-body").querySelector("input")?.focus(); }, r: ACTS.record, f: forks, n: rename, s: stands, w: locked, K: save, q: title };
listen(ACTS, { ...Object.fromEntries(Object.entries(PLAYING).map(([key, act]) => [key, playing(act)])), m: games, o: laySettings, "?": help });

(async () => {
  try {
    ({ story, ask: runtime } = await openStory($("runtime").textContent, $("story").textContent));
    view = new PageView({ title: story.title, seats: story.seats, send: decided, after });
    if (!story.record) document.querySelector("[data-act=record]").remove();
    const open = keptGames().find((game) => game.key === remembered());
    title();
    if (open) resume(open);
    document.documentElement.dataset.ready = "yes";
  } catch (why) {
    $("page").replaceChildren(el("p", {}, `The story could not be opened. ${why.message ?? why}`));
    document.documentElement.dataset.ready = "no";
  }
})();
