"use strict";
// The page draws what the runtime answers and sends back what the reader does. It knows no rules.
// Words of a story reach the document as text alone: nothing here makes markup out of strings.

const $ = (id) => document.getElementById(id);
const bar = $("bar"), main = $("page"), side = $("side"), said = $("said"), dialog = $("sheet"), body = $("sheet-body");
let source = { name: $("story").dataset.name, files: [] };

/** An element with its properties and children; children are nodes or text. */
function el(name, with_ = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(with_)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) it.addEventListener(key.slice(2), value);
    else if (key in it && key !== "list") it[key] = value;
    else it.setAttribute(key, value);
  }
  it.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return it;
}
const button = (words, act, with_ = {}) => el("button", { type: "button", className: "plain", onclick: act, ...with_ }, words);

let hush;
/** Tells the reader something, for a while, to eyes and ears. */
function tell(words) {
  said.textContent = words;
  clearTimeout(hush);
  hush = setTimeout(() => { said.textContent = ""; }, 8000);
}

// ---------------------------------------------------------------- the runtime

let exports;
async function start() {
  if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") {
    throw new Error("This browser is too old for the page: it needs one from 2023 or later.");
  }
  const unpacked = (id) => {
    const packed = Uint8Array.from(atob($(id).textContent), (c) => c.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  const [module, words] = await Promise.all([unpacked("runtime").arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes, {})), unpacked("story").json()]);
  exports = module.instance.exports;
  source = words;
}

/** Asks the runtime. An error is told to the reader, and the answer is undefined. */
function ask(request) {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const at = exports.hallway_room(bytes.length);
  // Memory may have grown meanwhile, so that its buffer is taken afresh.
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  const length = exports.hallway_call();
  const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.hallway_answer(), length)));
  if (answer.error) { tell(answer.error); return undefined; }
  (answer.notices ?? []).forEach(tell);
  return answer;
}

// ---------------------------------------------------------------- what is kept

let story, kept = null, storage = true, warned = false;
const own = Math.random().toString(36).slice(2);
const prefix = () => `hallway/${source.name}/`;

function settle(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}
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
/** Keeps the game as it stands: before anything of it is shown. */
function keep() {
  if (!kept) return;
  kept.written = Date.now();
  kept.by = own;
  const { key, ...value } = kept;
  if (!settle(key, JSON.stringify(value)) && !warned) {
    warned = true;
    tell("This browser keeps nothing for this page. The game goes on; to keep it, use Menu, then Save to a file.");
  }
}
window.addEventListener("storage", (event) => {
  if (!kept || event.key !== kept.key || !event.newValue) return;
  // The same game goes on in another window. Both are kept: this one under a key of its own.
  kept.key = `${prefix()}game/${Date.now()}-${own}`;
  kept.name = kept.name ? `${kept.name} (copy)` : "copy";
  keep();
  tell("This game is open in another window too. What you do here is kept as a copy.");
});

// ---------------------------------------------------------------- prose

const SIGN = { reported: "●", disputed: "◐", inferred: "○", invented: "" };
function sentence(it) {
  const runs = it.runs.map((run) => {
    const text = run.text.replace(/\n/g, " ");
    const inner = run.struck ? el("del", {}, text) : text;
    return run.emphasis ? el("em", {}, inner) : inner;
  });
  const mark = SIGN[it.mark] && el("span", { className: "mark", title: it.mark, role: "img", "aria-label": it.mark }, ` ${SIGN[it.mark]}`);
  return el("span", { className: it.mark === "invented" ? "invented" : "known" }, runs, mark || null);
}
function prose(paragraphs, with_ = {}) {
  return paragraphs.map((it) => el("p", { className: it.note ? "note" : "", ...with_ }, it.sentences.map(sentence)));
}
const inline = (paragraphs) => paragraphs.flatMap((it) => it.sentences.map(sentence));
const plain = (paragraphs) => paragraphs.map((it) => it.sentences.map((s) => s.runs.map((run) => run.text).join("")).join("")).join(" ").replace(/\s+/g, " ").trim();
const lower = (words) => words.charAt(0).toLowerCase() + words.slice(1);
function block(it) {
  if (it.kind === "part") return el("h2", { className: "part" }, plain(it.prose));
  if (it.kind === "chosen") return el("p", { className: "chosen" }, inline(it.prose));
  if (it.kind === "silence") return el("p", { className: "chosen" }, "Nobody decided in time. ", inline(it.prose));
  return prose(it.prose);
}

// ---------------------------------------------------------------- the page

let page = null, composing = null, current = null, record = false;
/** The words of the decision that was just taken, to stay above what comes of it. */
let chosen = null;

function shown(answer) {
  if (!answer) return;
  if (answer.begun) {
    kept = { key: `${prefix()}game/${Date.now()}-${own}`, text: answer.save, name: "", seat: "", ended: "", decisions: 0 };
  }
  if (kept && answer.lines) kept.text += answer.lines.map((line) => line + "\n").join("");
  composing = null;
  page = answer.page ?? null;
  if (kept) {
    if (page) { kept.seat = page.seat.id; kept.ended = page.ending?.title ?? ""; }
    const moves = (answer.lines ?? []).length;
    kept.decisions = Math.max(0, kept.decisions + moves);
  }
  if (answer.begun || answer.lines) keep();
  if (answer.curtain) return curtain(answer.curtain);
  if (page) draw(answer);
}

/** Draws a page: below what was read before it, or in its place. */
function draw(answer, instead = answer.begun || answer.afresh) {
  document.body.dataset.view = "game";
  bar.hidden = false;
  if (instead) main.replaceChildren();
  else if (current) {
    current.querySelector(".deciding")?.remove();
    current.querySelector(".record")?.remove();
    if (chosen) current.append(el("p", { className: "chosen" }, chosen));
    current.classList.add("past");
    current.classList.remove("new");
  }
  const arrival = page.hops.at(-1);
  const name = (id) => { const seat = story.seats.find((it) => it.id === id); return (seat.place || seat.name).replace(/^The /, "the "); };
  const from = page.turn === "yours" && arrival && (arrival.stage === "in-hand" ? `From ${name(arrival.from)}, for ${name(arrival.to)}` : arrival.stage === "heard" && arrival.to === page.seat.id ? `From ${name(arrival.from)}` : null);
  const blocks = page.blocks.map(block);
  if (from) blocks.splice(Math.max(0, page.blocks.findLastIndex((it) => it.kind === "prose")), 0, el("p", { className: "arrival" }, from));
  current = el("section", { className: "new", tabIndex: -1 }, blocks, page.ending ? ending() : null, el("div", { className: "deciding" }), recorded());
  main.append(current);
  while (main.children.length > 60) main.firstChild.remove();
  status();
  chosen = null;
  deciding();
  current.focus({ preventScroll: true });
  const calm = document.documentElement.dataset.motion === "off" || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (instead) scrollTo(0, 0); else current.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function ending() {
  return el("div", { className: "ending" }, el("h2", {}, page.ending.title), prose(page.ending.because, { className: "because" }));
}

function status() {
  $("where").textContent = [page.place, page.part].filter(Boolean).join(" · ") || story.title;
  $("clock").textContent = page.clock ?? "";
  const rows = page.status.map((it) => el("div", {}, el("dt", {}, it.name), el("dd", {},
    it.level && it.level[1] <= 10 ? el("span", { className: "dots", "aria-hidden": "true" }, "●".repeat(it.level[0]) + "○".repeat(it.level[1] - it.level[0]) + " ") : null, it.word)));
  const seats = story.seats.length > 1 ? el("ul", {}, story.seats.map((it) => el("li", {}, it.id === page.seat.id ? "▪ " : "· ", it.place || it.name, it.id === page.seat.id ? " — you" : ""))) : null;
  side.replaceChildren(page.part ? el("h2", {}, page.part) : "", el("dl", {}, rows), seats ?? "");
  side.hidden = rows.length === 0 && !seats;
  $("frame").classList.toggle("sided", !side.hidden);
}

/** What can be decided, or what can be done after the end. */
function deciding() {
  const at = current.querySelector(".deciding");
  at.replaceChildren();
  if (page.turn === "over" || page.turn === "stuck") return at.append(after());
  if (!page.ask) return;
  const { offers, standing, questions, sheet } = page.ask;
  if (composing) return at.append(compose(offers[composing.at], questions));
  if (sheet) at.append(el("p", { className: "question" }, `${sheet.name}: ${sheet.marks_left === 1 ? "one mark" : `${sheet.marks_left} marks`} left. Choose a line to strike it, or to restore it.`));
  let number = 0, line = 0;
  const items = offers.map((offer, index) => {
    const text = offer.kind === "line" && sheet ? sheet.lines[line++] : null;
    const words = text ? [text[1] ? el("del", {}, text[0]) : text[0], text[1] ? el("span", { className: "aside" }, "struck out") : null] : inline(offer.words);
    if (!offer.open) return el("li", { className: "locked" }, words, " ", inline(offer.why));
    number += 1;
    const note = offer.note.length && !text ? el("span", { className: "aside" }, inline(offer.note)) : null;
    return el("li", {}, el("button", { type: "button", onclick: () => choose(index), "data-key": number <= 9 ? String(number) : "" },
      el("span", { className: "key", "aria-hidden": "true" }, number <= 9 ? String(number) : "·"), words, note));
  });
  if (standing) items.push(el("li", { className: "standing" }, el("button", { type: "button", onclick: () => { chosen = inline(standing); decided(ask({ do: "standing" })); }, "data-key": "0" },
    el("span", { className: "key", "aria-hidden": "true" }, "0"), inline(standing))));
  at.append(el("ol", { className: "choices", "aria-label": "Choices" }, items));
}

function choose(index) {
  const offer = page.ask.offers[index];
  if (offer.kind === "message" && page.ask.questions.length) {
    composing = { at: index, answers: [] };
    deciding();
    return focusFirst();
  }
  chosen = inline(offer.words);
  decided(ask({ do: "choose", at: index }), offer.kind === "line");
}

/** The questions of a message that is put together, one after the other, under the sentence as it will leave. */
function compose(offer, questions) {
  const { answers } = composing;
  const so_far = answers.map((answer, at) => lower(questions[at].options[answer].words)).join(", ");
  const question = questions[answers.length];
  const items = question.options.map((option, at) => el("li", {}, el("button", { type: "button", "data-key": String(at + 1), onclick: () => {
    answers.push(at);
    if (answers.length < questions.length) { deciding(); return focusFirst(); }
    chosen = [...inline(offer.words), ` (${answers.map((answer, nth) => lower(questions[nth].options[answer].words)).join(", ")})`];
    decided(ask({ do: "choose", at: composing.at, answers }));
  } }, el("span", { className: "key", "aria-hidden": "true" }, String(at + 1)), option.words, option.note ? el("span", { className: "aside" }, option.note) : null)));
  items.push(el("li", {}, el("button", { type: "button", "data-key": "Escape", onclick: back }, el("span", { className: "key", "aria-hidden": "true" }, "←"), "Go back a step")));
  return el("div", {}, el("p", { className: "leaving" }, inline(offer.note.length ? offer.note : offer.words), so_far ? el("span", { className: "aside" }, ` ${so_far}`) : null),
    el("p", { className: "question", id: "question" }, question.question), el("ol", { className: "choices", "aria-labelledby": "question" }, items));
}
function back() {
  if (composing.answers.length) composing.answers.pop(); else composing = null;
  deciding();
  focusFirst();
}
const focusFirst = () => current.querySelector(".choices button")?.focus({ preventScroll: true });

/** After a decision: the words it was taken in stay above the next page. A stroke on a sheet turns no page. */
function decided(answer, stroke = false) {
  if (!answer) { chosen = null; return; }
  if (stroke && answer.page && answer.page.ask?.sheet) {
    const at = document.activeElement?.dataset.key;
    composing = chosen = null;
    page = answer.page;
    if (kept) { kept.text += answer.lines.map((line) => line + "\n").join(""); keep(); }
    status();
    deciding();
    current.querySelector(`[data-key="${at}"]`)?.focus({ preventScroll: true });
    return tell(page.ask.sheet.marks_left === 1 ? "One mark left." : `${page.ask.sheet.marks_left} marks left.`);
  }
  shown(answer);
}

function after() {
  const items = [];
  const item = (words, act, note) => {
    const number = items.length + 1;
    items.push(el("li", {}, el("button", { type: "button", onclick: act, "data-key": String(number) }, el("span", { className: "key", "aria-hidden": "true" }, String(number)), words, note ? el("span", { className: "aside" }, note) : null)));
  };
  if (page.turn === "stuck") return el("p", {}, "The story has no way on from here: that is its fault, not yours.");
  item("Look back at it", debrief, "What turned it, what became of each message, and what is known");
  const others = story.seats.filter((seat) => seat.id !== page.seat.id);
  for (const seat of others) item(`How it was for ${seat.place ? seat.place.replace(/^The /, "the ") : seat.name}`, () => otherSide(seat), "What this seat read, beside yours");
  for (const seat of others) item(`The same again, from ${seat.place ? seat.place.replace(/^The /, "the ") : seat.name}`, () => shown(ask({ do: "same", seat: seat.id })), "Your own decisions hold the seat that you have just played");
  item("Play on from one of your decisions", forks);
  item("A new game", title);
  return el("ol", { className: "choices", "aria-label": "After the end" }, items);
}

function curtain(seat) {
  bar.hidden = side.hidden = true;
  $("frame").classList.remove("sided");
  current = null;
  document.body.dataset.view = "curtain";
  const name = seat.name || seat.place;
  const sit = button("I have sat down", () => { const answer = ask({ do: "sit" }); if (answer) shown({ ...answer, afresh: true }); }, { "data-key": "1" });
  main.replaceChildren(el("div", { className: "curtain" }, el("h1", {}, `This is for ${name.replace(/^The /, "the ")} now.`), el("p", {}, "The others look away. Whoever waits writes down what they think was said."), el("p", {}, sit)));
  scrollTo(0, 0);
  sit.focus();
}

// ---------------------------------------------------------------- the title

function title() {
  page = composing = current = null;
  document.body.dataset.view = "title";
  bar.hidden = side.hidden = true;
  $("frame").classList.remove("sided");
  const begin = (seats) => shown(ask({ do: "begin", seats, seed: Math.floor(Math.random() * 1e6) }));
  const items = [];
  const item = (words, note, act) => {
    const number = items.length + 1;
    items.push(el("li", {}, el("button", { type: "button", onclick: act, "data-key": String(number) }, el("span", { className: "key", "aria-hidden": "true" }, String(number)), words, note ? el("span", { className: "aside" }, note) : null)));
  };
  const open = keptGames().find((game) => !game.ended);
  if (open) item("Go on", `Kept ${new Date(open.written).toLocaleString()}${open.name ? `, “${open.name}”` : ""}`, () => resume(open));
  if (story.seats.length === 1) item("Begin", "", () => begin([story.seats[0].id]));
  else for (const seat of story.seats) item(seat.place ? `${seat.place}: ${seat.name}` : seat.name, `${plain(seat.brief)}${seat.counts ? ` Counts ${seat.counts}.` : ""}`, () => begin([seat.id]));
  if (story.seats.length > 1) item("Together, at this device", "You hand it round; a curtain hangs between your turns", () => begin(story.seats.map((seat) => seat.id)));
  const code = el("input", { type: "text", className: "code", autocomplete: "off", spellcheck: false });
  main.replaceChildren(el("section", { className: "title" }, el("h1", {}, story.title || "An untitled story"), story.by ? el("p", { className: "by" }, story.by) : null, prose(story.about), prose(story.notice, { className: "notice" }),
    el("ol", { className: "choices", "aria-label": "Begin" }, items),
    el("p", { className: "small" }, button("Kept games", games), button("Open a save", load), button("Settings", settings), button("Keys", help)),
    story.seats.length > 1 ? el("details", { className: "small" }, el("summary", {}, "Play by a class code"), el("form", { onsubmit: (event) => { event.preventDefault(); shown(ask({ do: "begin", code: code.value })); } }, el("label", {}, "Class code", code), el("button", { className: "plain" }, "Begin"))) : null));
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function resume(game) {
  const answer = ask({ do: "resume", save: game.text });
  if (!answer) return;
  kept = { ...game, text: answer.save, by: own };
  close();
  shown({ ...answer, begun: false, lines: [], afresh: true });
}

// ---------------------------------------------------------------- sheets over the page

function lay(heading, content, broad = false) {
  $("sheet-title").textContent = heading;
  body.replaceChildren(...[content].flat(9));
  dialog.classList.toggle("broad", broad);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}
function close() { if (dialog.open) dialog.close(); }

function menu() {
  lay("Menu", el("ul", { className: "list" }, [
    ["What you have read", history], ["Play on from a decision", forks], ["Kept games", games], ["Name this game", rename],
    ["Save to a file, or as text", save], ["Open a save", load], ["Class and result codes", codes], ["Settings", settings], ["Keys", help],
    ["Leave this game (it is kept)", () => { close(); title(); }],
  ].map(([words, act]) => el("li", {}, button(words, act)))));
}

function history() {
  const answer = ask({ do: "history" });
  if (!answer) return;
  const words = el("div", {}, answer.history.map(block));
  const wanted = el("input", { type: "text", oninput: () => find(words, wanted.value) });
  lay("What you have read", [el("label", {}, "Find", wanted), words]);
}
/** Hides the paragraphs that do not have the words, and tells how many have. */
function find(words, wanted) {
  const is = wanted.trim().toLowerCase();
  let found = 0;
  for (const it of words.children) { const has = !is || it.textContent.toLowerCase().includes(is); it.hidden = !has; found += has; }
  tell(is ? `${found} ${found === 1 ? "paragraph has" : "paragraphs have"} these words.` : "");
}
function otherSide(seat) {
  const own_ = ask({ do: "history" }), theirs = ask({ do: "history", seat: seat.id });
  if (!own_ || !theirs) return;
  lay(`How it was for ${seat.name}`, el("div", { className: "columns" }, el("div", {}, el("h3", {}, "You"), own_.history.map(block)), el("div", {}, el("h3", {}, seat.name), theirs.history.map(block))), true);
}
function forks() {
  const answer = ask({ do: "decisions" });
  if (!answer) return;
  const items = answer.decisions.map((it) => el("li", {}, button([it.words, el("span", { className: "aside meta" }, ` ${it.part}${it.part ? " · " : ""}${it.others === 1 ? "one other way" : `${it.others} other ways`}`)], () => { close(); shown(ask({ do: "fork", at: it.at })); })));
  lay("Play on from a decision", items.length ? [el("p", {}, "A new game goes as this one did up to there. This one is kept."), el("ul", { className: "list" }, items)] : el("p", {}, "Nothing has been decided yet."));
}
function games() {
  const list = keptGames();
  const found = new Set(list.map((game) => game.ended).filter(Boolean));
  const items = list.map((game) => {
    const seat = story.seats.find((it) => it.id === game.seat);
    return el("li", {}, button([game.name ? `“${game.name}” ` : "", seat?.place || seat?.name || "", el("span", { className: "meta" }, ` · ${new Date(game.written).toLocaleString()} · ${game.ended ? `ended: ${game.ended}` : "goes on"}`)], () => resume(game)),
      button("Delete", (event) => {
        const it = event.currentTarget;
        if (it.textContent === "Delete") { it.textContent = "Delete it: sure?"; return; }
        try { localStorage.removeItem(game.key); } catch { /* It is kept nowhere then. */ }
        if (kept?.key === game.key) kept = null;
        games();
      }));
  });
  lay("Kept games", [items.length ? el("ul", { className: "list" }, items) : el("p", {}, storage ? "None yet." : "This browser keeps nothing for this page."), el("p", { className: "meta" }, `Endings found: ${found.size} of ${story.endings.length}. ${[...found].join("; ")}`)]);
}
function rename() {
  const field = el("input", { type: "text", value: kept?.name ?? "", maxLength: 60 });
  lay("Name this game", el("form", { onsubmit: (event) => {
    event.preventDefault();
    const answer = ask({ do: "name", words: field.value });
    if (!answer) return;
    if (kept) { kept.text += (answer.lines ?? []).map((line) => line + "\n").join(""); kept.name = field.value.trim(); keep(); }
    close();
    tell(`It is called “${field.value.trim()}” now.`);
  } }, el("label", {}, "Name", field), el("button", { className: "plain" }, "Keep")));
  field.focus();
}
function save() {
  if (!kept) return tell("No game is open.");
  const text = el("textarea", { rows: 8, readOnly: true, value: kept.text, className: "code" });
  lay("Save", [el("p", {}, "The file can be opened here, on another device, or by hallway in a terminal."), el("p", {}, button("Save to a file", () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([kept.text], { type: "text/plain" })), download: `${source.name.replace(/[^\p{L}\p{N}-]+/gu, "-")}.night` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }), button("Select the text", () => { text.focus(); text.select(); })), el("label", {}, "Or copy this text", text)]);
}
function load() {
  const take = (text) => { const answer = ask({ do: "resume", save: text }); if (answer) { close(); kept = { key: `${prefix()}game/${Date.now()}-${own}`, text: answer.save, name: "", seat: "", ended: "", decisions: 0 }; keep(); shown({ ...answer, begun: false, lines: [], afresh: true }); } };
  const file = el("input", { type: "file", accept: ".night,text/plain", onchange: () => file.files[0]?.text().then(take, () => tell("This file cannot be read.")) });
  const text = el("textarea", { rows: 6, className: "code" });
  lay("Open a save", [el("label", {}, "A file", file), el("label", {}, "Or its text", text), button("Open it", () => take(text.value))]);
}
function codes() {
  const answer = ask({ do: "codes" });
  if (!answer) return;
  lay("Codes", [el("p", {}, "Whoever plays by the class code plays the same game: the same seats, the same luck."), el("p", { className: "code" }, answer.codes.class), el("h3", {}, "Result"), el("p", {}, "What was decided so far, for the table of a class."), el("p", { className: "code" }, answer.codes.result ?? "There is none for this game.")]);
}

const CHOICES = {
  theme: ["Colours", [["", "As the device has them"], ["light", "Light"], ["dark", "Dark"], ["contrast", "High contrast"]]],
  size: ["Size of letters", [["small", "Small"], ["", "Usual"], ["large", "Large"], ["huge", "Very large"]]],
  measure: ["Width of lines", [["", "Usual"], ["wide", "Wide"]]],
  motion: ["Motion", [["", "As the device has it"], ["off", "None"]]],
};
let settled = {};
function applySettings() { for (const key of Object.keys(CHOICES)) { if (settled[key]) document.documentElement.dataset[key] = settled[key]; else delete document.documentElement.dataset[key]; } }
function settings() {
  lay("Settings", Object.entries(CHOICES).map(([key, [words, options]]) => el("label", {}, words, el("select", { onchange: (event) => { settled[key] = event.target.value; settle("hallway/settings", JSON.stringify(settled)); applySettings(); } },
    options.map(([value, name]) => el("option", { value, selected: (settled[key] ?? "") === value }, name))))));
}
function help() {
  const keys = [["1–9", "choose"], ["0", "the choice that is always there"], ["Esc", "go back a step; close"], ["u · y", "take back · do again"], ["h", "what you have read"], ["r", "what is known of each sentence"], ["f", "play on from a decision"], ["m", "kept games"], ["n", "name this game"], ["s", "how things stand, told"], ["o", "settings"], ["?", "these keys"]];
  lay("Keys", el("dl", {}, keys.map(([key, words]) => el("div", {}, el("dt", { className: "code" }, key), el("dd", {}, words)))));
}
function marks() {
  record = !record;
  document.documentElement.dataset.record = record ? "on" : "off";
  document.querySelector('[data-act="record"]').setAttribute("aria-pressed", String(record));
  tell(record ? "Signs stand behind what is on record; what cites nothing is invented. Who says so stands below the choices." : "The signs are hidden.");
}
/** What this page cites, and who says so; shown while the signs are. */
function recorded() {
  return el("div", { className: "record" }, el("h2", { className: "part" }, "The record of this page"), page.record.length
    ? page.record.map((it) => el("div", {}, el("p", {}, el("span", { className: "sign" }, `${SIGN[it.mark]} ${it.mark} `), it.text), el("ul", { className: "meta" }, it.says.map((line) => el("li", {}, line)))))
    : el("p", {}, "Nothing on this page is on record: every sentence of it is invented."));
}
function debrief() {
  const answer = ask({ do: "debrief" });
  if (!answer?.debrief) return;
  lay("Looking back", lookBack(answer.debrief));
}
function lookBack(it) {
  const list = (items) => el("ul", {}, items.map((words) => el("li", {}, words)));
  const marked = (stretches, name) => stretches.map(([text, changed]) => [changed ? el(name, {}, text) : text, " "]);
  const fork = (at) => button("Play on from there", () => { close(); shown(ask({ do: "fork", at })); });
  const parts = [];
  const part = (heading, ...content) => parts.push(el("h3", {}, heading), ...content);
  if (it.trail.length) part("What turned it", it.turned.length ? it.turned.map((turn) => el("div", {}, el("p", {}, turn.happened, " ", turn.otherwise), turn.fork !== null ? fork(turn.fork) : null)) : el("p", {}, "No single word turned it: however each sentence had been carried, it would have ended so."));
  if (it.endings.length) part("Other endings, a decision or two away", it.endings.map((ending) => el("div", {}, el("p", {}, ending.told), prose(ending.because, { className: "meta" }), fork(ending.fork))));
  if (it.trail.length) part("What became of each message", el("ol", {}, it.trail.map((way) => el("li", {}, el("p", { className: "meta" }, way.sent), el("p", {}, el("span", { className: "meta" }, "Meant: "), marked(way.meant, "del")), way.heard.length && !way.unchanged ? el("p", {}, el("span", { className: "meta" }, "Heard: "), marked(way.heard, "ins")) : null, el("p", { className: "meta" }, [way.carried, way.told, way.later].filter(Boolean).map((words) => (/[.!?…”]$/.test(words) ? words : `${words}.`)).join(" "))))));
  for (const sheet of it.sheets) part(`${sheet.name}, as it ended`, el("ul", {}, sheet.lines.map(([text, who]) => el("li", {}, who === null ? text : [el("del", {}, text), ` struck by ${who}`]))), list(sheet.hands));
  if (it.note.length || it.clock.length || it.hypotheses.length) part("What is known", prose(it.note));
  if (it.clock.length) parts.push(el("dl", {}, it.clock.map((tick) => el("div", {}, el("dt", { className: "meta" }, `${tick.time}, ${tick.reported ? "reported" : "yours"}`), el("dd", {}, tick.prose.flatMap((paragraph) => paragraph.sentences.map(sentence)))))));
  it.hypotheses.forEach((rival, at) => parts.push(el("h3", {}, `Why it went so: explanation ${at + 1}`), prose(rival.prose), el("p", { className: "meta" }, "For it"), list(rival.speaks_for), el("p", { className: "meta" }, "Against it"), list(rival.against)));
  if (it.invented.length) part("What not to repeat: this is invented", list(it.invented));
  if (it.questions.length) part("Worth arguing about", list(it.questions));
  parts.push(el("p", {}, button("Print this", () => print())));
  return parts;
}

// ---------------------------------------------------------------- hands

const ACTS = {
  undo: () => { const answer = ask({ do: "undo" }); if (answer) { shown({ ...answer, afresh: true }); tell("Taken back."); } },
  redo: () => { const answer = ask({ do: "redo" }); if (answer) shown(answer); },
  record: marks, menu, close,
};
document.addEventListener("click", (event) => { const act = event.target.closest("[data-act]")?.dataset.act; if (act) ACTS[act](); });
const KEYS = { u: ACTS.undo, y: ACTS.redo, h: history, r: marks, f: forks, m: games, n: rename, o: settings, "?": help,
  s: () => tell([page.place, page.clock, ...page.status.map((it) => `${it.name}: ${it.word}`)].filter(Boolean).join("; ")),
  w: () => tell(page.ask?.offers.filter((it) => !it.open).map((it) => `${plain(it.words)} ${plain(it.why)}`).join(" ") || "Everything here is open.") };
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const offered = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (offered) { event.preventDefault(); return offered.click(); }
  if (page && KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
  else if (!page && (event.key === "?" || event.key === "o")) KEYS[event.key]();
});

(async () => {
  try {
    try { settled = JSON.parse(localStorage.getItem("hallway/settings")) ?? {}; } catch { settled = {}; }
    applySettings();
    await start();
    const answer = ask({ do: "open", name: source.name, files: source.files });
    if (!answer) return;
    story = answer.story;
    title();
    document.documentElement.dataset.ready = "yes";
  } catch (why) {
    main.replaceChildren(el("p", {}, `The story could not be opened. ${why.message ?? why}`));
  }
})();
