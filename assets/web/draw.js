"use strict";
// Draws a Page (src/web/page.rs) into the document, and hands what the reader decides to `send`. It knows no rules, and not where
// pages come from: an exported page has them from its runtime, a device of a class over the network.
// Words of a story reach the document as text alone: nothing here makes markup out of strings.

const $ = (id) => document.getElementById(id);

/** An element with its properties and children; children are nodes or text. */
function el(name, properties = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) it.addEventListener(key.slice(2), value);
    else if (key in it && key !== "list") it[key] = value;
    else it.setAttribute(key, value);
  }
  it.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return it;
}
const button = (words, act, properties = {}) => el("button", { type: "button", className: "plain", onclick: act, ...properties }, words);

/** The language of the story, and which way it is read where that is from right to left; for its words among the page's own. */
const root = document.documentElement;
const theirs = { lang: root.lang, dir: root.dir || null };
/** The page's own words among those of a story in another language. */
const english = (...words) => (/^en\b/.test(root.lang) ? words : el("span", { lang: "en", dir: root.dir ? "ltr" : null }, words));

/** A small picture: the outline of a path in a square of 24. */
function icon(path) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg"), line = document.createElementNS(picture.namespaceURI, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("class", "icon");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}
const LOCK = "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v10H5z";

let hush, staying = false;
/** Tells the reader something, to eyes and ears, for a while: no longer than until they decide the next thing, unless it `stays`. */
function tell(words, stays = false) {
  $("said").textContent = words;
  staying = stays;
  clearTimeout(hush);
  hush = setTimeout(() => { staying = false; untell(); }, stays ? 20000 : 8000);
}
function untell() { if (!staying) $("said").textContent = ""; }

/** A list of choices to which the keys 1 to 9 lead: `[words, note, act]` each; words that are a string are the page's own. */
function choices(label, items) {
  return el("ol", { className: "choices", "aria-label": label }, items.map(([words, note, act], at) => el("li", {}, choice(at < 9 ? String(at + 1) : "", spoken(words), note && [spoken(note)], act))));
}
const spoken = (words) => (typeof words === "string" ? english(words) : words);
function choice(key, words, note, act, sign = key || "·") {
  return el("button", { type: "button", onclick: act, "data-key": key, className: sign === key ? "numbered" : "" },
    el("span", { className: "key", "aria-hidden": "true" }, sign), words, note?.length ? el("span", { className: "aside" }, note) : null);
}

// ---------------------------------------------------------------- prose

const SIGN = { reported: "●", disputed: "◐", inferred: "○", invented: "" };
function sentence(it) {
  const runs = it.runs.map((run) => {
    const text = run.text.replace(/\n/g, " ");
    const inner = run.struck ? el("del", {}, text) : text;
    return run.emphasis ? el("em", {}, inner) : inner;
  });
  const mark = SIGN[it.mark] ? el("span", { className: "mark", title: it.mark, role: "img", "aria-label": it.mark, lang: "en" }, ` ${SIGN[it.mark]}`) : null;
  return el("span", { className: it.mark === "invented" ? "invented" : "known" }, runs, mark);
}
function prose(paragraphs, properties = {}) {
  return paragraphs.map((it) => el("p", { className: it.note ? "note" : "", ...theirs, ...properties }, it.sentences.map(sentence)));
}
const inline = (paragraphs) => paragraphs.flatMap((it) => it.sentences.map(sentence));
const plain = (paragraphs) => paragraphs.map((it) => it.sentences.map((s) => s.runs.map((run) => run.text).join("")).join("")).join(" ").replace(/\s+/g, " ").trim();
const lower = (words) => words.charAt(0).toLowerCase() + words.slice(1);
const upper = (words) => words.charAt(0).toUpperCase() + words.slice(1);
/** Who sits there, as it is said within a sentence. */
const person = (seat) => (seat.name || seat.place).replace(/^The /, "the ");
function block(it) {
  if (it.kind === "part") return el("h2", { className: "part", ...theirs }, plain(it.prose));
  if (it.kind === "chosen") return el("p", { className: "chosen", ...theirs }, inline(it.prose));
  if (it.kind === "news") return [el("p", { className: "arrival" }, english("News")), prose(it.prose)];
  if (it.kind === "silence") return el("p", { className: "chosen", ...theirs }, english("Nobody decided in time."), " ", inline(it.prose));
  return prose(it.prose);
}

// ---------------------------------------------------------------- the page

/**
 * The page of one seat. `send` is given what the reader decides, as a request of src/web.rs: `{ do: "choose", at, answers }` or
 * `{ do: "standing" }`; whoever answers it calls `show` with the next page, or `refused`. `after(page)` makes what stands in
 * the choices' place once the story is over. The document has `page`, `side`, `bar`, `where`, `clock` and `said`, as page.html does.
 */
class PageView {
  /** @param seats every seat of the story, as the answer to `open` has them */
  constructor({ title, seats, send, after }) {
    Object.assign(this, { title, seats, send, after, page: null });
    this.clear();
  }

  /** Nothing is on screen any more: behind a curtain, before a title. */
  clear() {
    this.page = this.section = this.composing = this.sent = null;
    $("bar").hidden = $("side").hidden = true;
    $("side").replaceChildren();
    $("frame").classList.remove("sided");
  }

  /**
   * Shows a page. After a decision it stands below the last one, under the words of the decision; without one it is the same page
   * grown or changed, and stands in its place; `afresh`, with nothing above it. Where the same is asked as before, what the reader
   * is just deciding stays as it is. `above` are blocks that were read before, for a page that is shown afresh.
   */
  show(page, afresh = false, above = []) {
    const { sent } = this, stroke = sent?.stroke && page.ask?.sheet;
    const before = this.page, same = (of) => !afresh && !sent && before && JSON.stringify(of(page)) === JSON.stringify(of(before));
    this.page = page;
    this.sent = null;
    if (same((it) => it)) return;
    $("bar").hidden = false;
    document.body.dataset.view = "game";
    this.status();
    if (same((it) => [it.turn, it.ask])) return this.reread();
    this.composing = null;
    if (stroke && this.section) return this.struck();
    const section = el("section", { className: "new", tabIndex: -1 }, this.read(), el("div", { className: "deciding" }), recorded(page));
    if (afresh || !this.section) $("page").replaceChildren(...(above.length ? [el("section", { className: "past" }, above)] : []), section);
    else if (sent) {
      this.section.querySelector(".deciding").replaceWith(el("p", { className: "chosen" }, sent.words));
      this.section.querySelector(".record").remove();
      this.section.className = "past";
      $("page").append(section);
      while ($("page").children.length > 60) $("page").firstChild.remove();
    } else this.section.replaceWith(section);
    this.section = section;
    this.deciding();
    // Whoever is writing elsewhere goes on writing.
    if (/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)) return tell(page.turn === "yours" ? "It is your turn." : "The page has gone on.");
    section.focus({ preventScroll: true });
    const calm = afresh || document.documentElement.dataset.motion === "off" || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (section === $("page").firstChild) scrollTo(0, 0);
    else section.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  /** The words around what is to be decided have changed. */
  reread() {
    const deciding = this.section.querySelector(".deciding");
    for (const it of [...this.section.childNodes]) if (it !== deciding) it.remove();
    deciding.before(...[this.read()].flat(9).filter(Boolean));
    deciding.after(recorded(this.page));
  }

  /** What was sent has not been done; why, is told elsewhere. */
  refused() {
    this.sent = null;
  }

  decide(request, words, stroke = false) {
    if (this.sent) return;
    untell();
    this.sent = { words, stroke };
    this.send(request);
  }

  /** What is read. Where a message arrived, whom it is from stands above the words that tell of it. */
  read() {
    const { page } = this, blocks = page.blocks.map(block), arrival = page.hops.at(-1);
    const name = (id) => person(this.seats.find((seat) => seat.id === id));
    const from = page.turn !== "yours" || !arrival ? null
      : arrival.stage === "in-hand" ? `From ${name(arrival.from)}, for ${name(arrival.to)}`
      : arrival.stage === "heard" && arrival.to === page.seat.id ? `From ${name(arrival.from)}` : null;
    if (from) blocks.splice(Math.max(0, page.blocks.findLastIndex((it) => it.kind === "prose")), 0, el("p", { className: "arrival" }, english(from)));
    const { ending } = page;
    return [blocks, ending ? el("div", { className: "ending" }, el("h2", {}, ending.title), prose(ending.because, { className: "because" })) : null];
  }

  status() {
    const { page, seats } = this, { place, part } = page;
    $("where").replaceChildren(place || part || this.title, place && part ? el("span", { className: "of" }, ` · ${part}`) : "");
    $("clock").textContent = page.clock ?? "";
    const dots = ([level, steps]) => el("span", { className: "dots", "aria-hidden": "true" }, "●".repeat(level) + "○".repeat(steps - level) + " ");
    const rows = page.status.map((it) => el("div", {}, el("dt", {}, it.name), el("dd", {}, it.level && it.level[1] <= 10 ? dots(it.level) : null, it.word)));
    $("side").replaceChildren(rows.length ? el("dl", {}, rows) : "", seats.length > 1 ? el("ul", { className: "seats", "aria-label": "Seats" }, seats.map((it) => this.seat(it))) : "");
    $("side").hidden = !$("side").children.length;
    // Where there is no room beside the page, only what changes is shown.
    $("side").classList.toggle("bare", !rows.length);
    $("frame").classList.toggle("sided", !$("side").hidden);
  }
  seat(it) {
    const own = it.id === this.page.seat.id, named = it.place ? it.name : "";
    return el("li", { className: own ? "own" : "" }, it.place || it.name, el("span", { className: "who" }, named, named && own ? ", " : "", own ? english("you") : ""));
  }

  /** What can be decided, or what can be done after the end. */
  deciding() {
    const { page, composing } = this;
    const now = page.turn === "stuck" ? el("p", {}, english("The story has no way on from here: that is its fault, not yours."))
      : page.turn === "over" ? this.after(page)
      : page.turn === "another" ? el("p", { className: "question" }, english("Somebody else decides now."))
      : !page.ask ? null
      : composing ? this.compose() : this.offered();
    this.section.querySelector(".deciding").replaceChildren(now ?? "");
  }

  offered() {
    const { offers, standing, sheet } = this.page.ask;
    const marks = sheet ? el("p", { className: "question" }, `${sheet.name}: `, english(`${left(sheet)} Choose a line to strike it, or to restore it.`)) : null;
    let number = 0, line = 0;
    const items = offers.map((offer, at) => {
      const [text, struck] = offer.kind === "line" && sheet ? sheet.lines[line++] : [];
      const words = text === undefined ? inline(offer.words) : struck ? el("del", {}, text) : text;
      if (!offer.open) return el("li", { className: "locked" }, icon(LOCK), el("span", { className: "unseen" }, english("Not open: ")), words, el("span", { className: "aside" }, inline(offer.why)));
      number += 1;
      const note = text === undefined ? inline(offer.note) : struck ? english("struck out") : null;
      return el("li", {}, choice(number <= 9 ? String(number) : "", words, note, () => this.choose(at)));
    });
    if (standing) items.push(el("li", { className: "standing" }, choice("0", inline(standing), null, () => this.decide({ do: "standing" }, inline(standing)))));
    return el("div", {}, marks, el("ol", { className: "choices", "aria-label": "Choices" }, items));
  }

  choose(at) {
    const offer = this.page.ask.offers[at];
    if (offer.kind === "message" && this.page.ask.questions.length) this.step({ at, answers: [] });
    else this.decide({ do: "choose", at }, inline(offer.words), offer.kind === "line");
  }

  /** The questions of a message that is put together, one after the other, under the sentence as it will leave. */
  compose() {
    const { offers, questions } = this.page.ask, { at, answers } = this.composing, offer = offers[at];
    const told = (answers) => answers.map((answer, nth) => lower(questions[nth].options[answer].words)).join(", ");
    const items = questions[answers.length].options.map((option, nth) => el("li", {}, choice(String(nth + 1), option.words, option.note, () => {
      const all = [...answers, nth];
      if (all.length < questions.length) this.step({ at, answers: all });
      else this.decide({ do: "choose", at, answers: all }, [...inline(offer.words), ` (${told(all)})`]);
    })));
    const back = () => this.step(answers.length ? { at, answers: answers.slice(0, -1) } : null);
    items.push(el("li", {}, choice("Escape", english("Go back a step"), null, back, root.dir === "rtl" ? "→" : "←")));
    return el("div", {}, el("p", { className: "leaving" }, inline(offer.note.length ? offer.note : offer.words), answers.length ? el("span", { className: "aside" }, ` ${told(answers)}`) : null),
      el("p", { className: "question", id: "question" }, english(questions[answers.length].question)), el("ol", { className: "choices", "aria-labelledby": "question" }, items));
  }
  step(composing) {
    this.composing = composing;
    this.deciding();
    this.section.querySelector(".choices button")?.focus({ preventScroll: true });
  }

  /** A line of a sheet was struck or restored: that turns no page, and the line stays under the finger. */
  struck() {
    const { key } = document.activeElement?.dataset ?? {};
    this.deciding();
    this.section.querySelector(`.deciding [data-key="${CSS.escape(key ?? "")}"]`)?.focus({ preventScroll: true });
    tell(left(this.page.ask.sheet));
  }
}
const left = (sheet) => (sheet.marks_left === 1 ? "One mark left." : `${sheet.marks_left} marks left.`);

/** What a page cites, and who says so; shown while the signs are. */
function recorded(page) {
  return el("div", { className: "record" }, el("h2", { className: "part" }, english("The record of this page")), page.record.length
    ? page.record.map(fact)
    : el("p", {}, english("Nothing on this page is on record: every sentence of it is invented.")));
}
/** A fact, and who says so. */
const fact = (it) => el("div", {}, el("p", {}, el("span", { className: "sign" }, english(`${SIGN[it.mark]} ${it.mark} `)), it.text), el("ul", { className: "meta" }, it.says.map((line) => el("li", {}, line))));
/** Shows or hides the signs of the record. */
function marks() {
  const on = document.documentElement.dataset.record !== "on";
  document.documentElement.dataset.record = on ? "on" : "off";
  document.querySelector('[data-act="record"]').setAttribute("aria-pressed", String(on));
  tell(on ? "Signs stand behind what is on record; what cites nothing is invented. Who says so stands below the choices." : "The signs are hidden.");
}

// ---------------------------------------------------------------- sheets over the page, settings, keys

function lay(heading, content, broad = false) {
  $("sheet-title").textContent = heading;
  $("sheet-body").replaceChildren(...[content].flat(9).filter(Boolean));
  $("sheet").classList.toggle("broad", broad);
  if (!$("sheet").open) {
    // What is told while a sheet is open is told above it; what was told before has been read.
    untell();
    $("sheet").append($("said"));
    $("sheet").addEventListener("close", () => document.body.append($("said")), { once: true });
    $("sheet").showModal();
  }
  $("sheet").scrollTop = 0;
}
function close() { if ($("sheet").open) $("sheet").close(); }

/** Keeps a value in the browser; whether it could. */
function settle(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}

const SETTINGS = {
  theme: ["Colours", [["", "As the device"], ["light", "Light"], ["dark", "Dark"], ["contrast", "High contrast"]]],
  size: ["Size of letters", [["small", "Small"], ["", "Usual"], ["large", "Large"], ["huge", "Very large"]]],
  measure: ["Width of lines", [["", "Usual"], ["wide", "Wide"]]],
  motion: ["Motion", [["", "As the device"], ["off", "None"]]],
};
/** What the page was exported with. */
const given = { ...document.documentElement.dataset };
if (given.theme) SETTINGS.theme[1][0][1] = "As the story";
let settings = {};
try { settings = JSON.parse(localStorage.getItem("hallway/settings")) ?? {}; } catch { /* As the device has them. */ }
function applySettings() {
  for (const key of Object.keys(SETTINGS)) {
    const value = settings[key] || given[key];
    if (value) document.documentElement.dataset[key] = value; else delete document.documentElement.dataset[key];
  }
}
applySettings();
function laySettings() {
  const set = (key, value) => () => {
    settings[key] = value;
    settle("hallway/settings", JSON.stringify(settings));
    applySettings();
  };
  const radio = (key, value, name) => el("label", {}, el("input", { type: "radio", name: key, value, checked: (settings[key] ?? "") === value, onchange: set(key, value) }), name);
  lay("Settings", Object.entries(SETTINGS).map(([key, [words, options]]) => el("fieldset", {}, el("legend", {}, words), options.map(([value, name]) => radio(key, value, name)))));
}

/** Moves the cursor to the button above or below in the sheet that is open or among the choices; whether there was one. */
function step(by) {
  const among = $("sheet").open ? "#sheet-body :is(.list, .menu, .choices) button" : ".choices button";
  const buttons = [...document.querySelectorAll(among)], at = buttons.indexOf(document.activeElement);
  const next = buttons[at < 0 ? (by > 0 ? 0 : buttons.length - 1) : at + by];
  next?.focus();
  return Boolean(next);
}
/** Whether the choices are on screen: while they are not, the arrows scroll to them, as anywhere. */
function choicesSeen() {
  const at = document.querySelector(".choices button")?.getBoundingClientRect();
  return $("sheet").open || (at && at.top < innerHeight && at.bottom > 0);
}

/** What the heights of the bar, and of the strip below it, are: what is scrolled to stands below them. */
function measured() {
  const watch = new ResizeObserver(() => {
    for (const id of ["bar", "side"]) document.documentElement.style.setProperty(`--${id}`, `${$(id).offsetHeight}px`);
  });
  watch.observe($("bar"));
  watch.observe($("side"));
}

/** What the page listens to: `acts` by the `data-act` of a button, `keys` by the letter. Keys of choices come first. */
function listen(acts, keys) {
  document.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const by = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && (event.key.length === 1 || choicesSeen())) {
      if (step(by)) event.preventDefault();
      return;
    }
    if (event.repeat || $("sheet").open) return;
    const act = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`) ?? keys[event.key];
    if (!act) return;
    event.preventDefault();
    if (act instanceof Element) act.click(); else act();
  });
  measured();
}
