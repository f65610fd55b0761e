// Sheets over an exported page: what was read, other ways, kept games, saves, codes, and the look back after the end.

/** What can be done after the end, in the place of choices. */
function after(page) {
  const others = story.seats.filter((seat) => seat.id !== page.seat.id);
  return choices("After the end", [
    ["Look back at it", ["What turned it", story.messages && "what became of each message", story.record && "what is known"].filter(Boolean).join(", "), debrief],
    ...others.map((seat) => [`How it was for ${person(seat)}`, "What this seat read, beside yours", () => otherSide(seat)]),
    ...others.map((seat) => [`Play this game again as ${person(seat)}`, `${upper(person(page.seat))} decides as you did, with the same luck`, () => shown(ask({ do: "same", seat: seat.id }))]),
    ["Play on from one of your decisions", null, forks],
    ["A new game", null, title],
  ]);
}

function menu() {
  lay("Menu", [
    [["What you have read", history, "h"], ["Play on from a decision", forks, "f"]],
    [["Save to a file, or as text", save], ["Open a save", load], ["Name this game", rename, "n"], ["Kept games", games, "m"], [forClass() ? "Class and result codes" : "Codes", codes]],
    [["Settings", laySettings, "o"], ["Keys", help, "?"], ["Leave this game (it is kept)", () => { close(); title(); }]],
  ].map((group) => el("ul", { className: "menu" }, group.map(([words, act, key]) => el("li", {}, button([words, key ? el("span", { className: "key", "aria-hidden": "true" }, key) : null], act, { className: act === help ? "plain typed" : "plain" }))))));
}

function history() {
  const answer = ask({ do: "history" });
  if (!answer) return;
  const words = el("div", {}, answer.history.map(block));
  const wanted = el("input", { type: "text", oninput: () => find(words, wanted.value) });
  lay("What you have read", [el("label", { className: "finder" }, "Find", wanted), words]);
}
/** Hides the paragraphs that do not have the words, and tells how many have. */
function find(words, wanted) {
  const is = wanted.trim().toLowerCase();
  let found = 0;
  for (const it of words.children) { const has = !is || it.textContent.toLowerCase().includes(is); it.hidden = !has; found += has; }
  tell(is ? `${found} ${found === 1 ? "paragraph has" : "paragraphs have"} these words.` : "");
}
function otherSide(seat) {
  const own = ask({ do: "history" }), theirs = ask({ do: "history", seat: seat.id });
  if (!own || !theirs) return;
  const column = (heading, history) => el("div", {}, el("h3", {}, heading), history.map(block));
  lay(`How it was for ${person(seat)}`, el("div", { className: "columns" }, column("You", own.history), column(seat.name || seat.place, theirs.history)), true);
}

function forks() {
  const answer = ask({ do: "decisions" });
  if (!answer) return;
  const others = (it) => (it.others === 0 ? "nothing else was open" : it.others === 1 ? "one other way" : `${it.others} other ways`);
  const items = answer.decisions.map((it) => el("li", {}, button(
    [it.words, el("span", { className: "aside meta" }, `${[it.part, others(it)].filter(Boolean).join(" · ")}`)],
    () => { close(); shown(ask({ do: "fork", at: it.at })); },
  )));
  lay("Play on from a decision", items.length ? [el("p", {}, "A new game goes as this one did up to there. This one is kept."), el("ul", { className: "list" }, items)]
    : el("p", {}, "Nothing has been decided yet."));
}

function games() {
  const list = keptGames();
  const found = new Set(list.map((game) => game.ended).filter(Boolean));
  const items = list.map((game) => {
    const seat = story.seats.find((it) => it.id === game.seat);
    const called = [game.name && `“${game.name}”`, seat && story.seats.length > 1 ? seat.name || seat.place : "", game.ended ? `ended: ${game.ended}` : game.stands].filter(Boolean);
    return el("li", {}, button([called.join(" · ") || "A game", el("span", { className: "aside meta" }, `${game.ended ? "Played" : "Goes on; kept"} ${day(game.written)}`)], () => resume(game)),
      button("Delete", (event) => {
        const it = event.currentTarget;
        if (it.textContent === "Delete") { it.textContent = "Delete it: sure?"; return; }
        forget(game);
        games();
      }));
  });
  const none = el("p", {}, storage ? "None yet." : "This browser keeps nothing for this page.");
  lay("Kept games", [items.length ? el("ul", { className: "list" }, items) : none,
    el("p", { className: "meta" }, `Endings found: ${found.size} of ${story.endings.length}${found.size ? `: ${[...found].join("; ")}` : ""}.`)]);
}

function rename() {
  const field = el("input", { type: "text", value: kept?.name ?? "", maxLength: 60 });
  lay("Name this game", el("form", { onsubmit: (event) => {
    event.preventDefault();
    const name = field.value.trim(), answer = ask({ do: "name", words: field.value });
    if (!answer) return;
    append(answer.lines);
    if (kept) { kept.name = name; keep(); }
    close();
    tell(`It is called “${name}” now.`);
  } }, el("label", {}, "Name", field), el("button", { className: "plain" }, "Keep")));
  field.focus();
}

function save() {
  if (!kept) return tell("No game is open.");
  const text = el("textarea", { rows: 8, readOnly: true, value: kept.text, className: "code" });
  const download = () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([kept.text], { type: "text/plain" })), download: `${story.name.replace(/[^\p{L}\p{N}-]+/gu, "-")}.night` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const copy = async () => {
    try { await navigator.clipboard.writeText(kept.text); } catch {
      // Where a browser gives no clipboard, what is selected can be copied by hand.
      text.focus();
      text.select();
      return tell("It is selected: copy it from here.");
    }
    tell("Copied.");
  };
  lay("Save", [el("p", {}, "The file can be opened here, on another device, or by hallway in a terminal."),
    el("p", { className: "row" }, button("Save to a file", download, { className: "plain main" }), button("Copy the text", copy)), el("label", {}, "Its text", text)]);
}
/** Says what is wrong with a save where it was given, or wherever it came from. */
function wrong(words) {
  const said = $("sheet").open && document.querySelector("#sheet-body .wrong");
  if (said) said.textContent = words; else tell(words);
}
function load() {
  const take = (words) => {
    const answer = ask({ do: "resume", save: words });
    if (answer) { close(); kept = anew(answer.save); keep(); shown({ ...answer, begun: false }, true); }
  };
  const file = el("input", { type: "file", accept: ".night,text/plain", hidden: true, onchange: () => {
    chosen.textContent = file.files[0]?.name ?? "";
    file.files[0]?.text().then(take, () => wrong("This file cannot be read."));
  } });
  const text = el("textarea", { rows: 6, className: "code" }), chosen = el("span", { className: "meta" });
  lay("Open a save", [file, el("p", { className: "row" }, button("Choose a file …", () => file.click(), { className: "plain main" }), chosen),
    el("p", { className: "wrong", role: "alert" }), el("label", {}, "Or put its text here", text), button("Open the text", () => take(text.value))]);
}

/** A game by a code that somebody else has. */
function byCode() {
  const typed = el("input", { type: "text", className: "code", autocomplete: "off", spellcheck: false });
  const begin = (event) => {
    event.preventDefault();
    const answer = runtime({ do: "begin", code: typed.value });
    if (answer.error) return wrong(answer.error);
    close();
    shown(answer);
  };
  lay("Play by a code", [entry(typed, begin)]);
  typed.focus();
}
const entry = (typed, begin) => el("form", { onsubmit: begin }, el("label", {}, "The code", typed), el("p", { className: "wrong", role: "alert" }), el("button", { className: "plain main" }, "Begin"));
function codes() {
  const answer = ask({ do: "codes" });
  if (!answer) return;
  lay("Codes", [el("p", {}, forClass() ? "Whoever plays by the class code plays the same game: the same seats, the same luck." : "Whoever plays by this code plays the same game as you: the same seats, the same luck."),
    el("p", { className: "code" }, answer.codes.class), button("Play by a code of somebody else’s", byCode),
    forClass() ? [el("h3", {}, "Result"), el("p", {}, "What was decided so far, for the table of a class."), el("p", { className: "code" }, answer.codes.result ?? "There is none for this game.")] : null]);
}

function help() {
  const keys = [["1–9", "choose"], ["↓ ↑ · j k", "go to the choice below, above"], ["Enter", "take it"], ["0", "the choice that is always there"], ["Esc", "go back a step; close"], ["u · y", "undo · redo"],
    ["h · /", "what you have read; find words in it"], ...(story.record ? [["r", "what is known of each sentence"]] : []), ["f", "play on from a decision"], ["m", "kept games"],
    ["n", "name this game"], ["s", "how things stand, told"], ["w", "why something is not open"], ["K", "save to a file"], ["o", "settings"], ["q", "leave; the game is kept"], ["?", "these keys"]];
  lay("Keys", el("dl", { className: "keys" }, keys.map(([key, words]) => el("div", {}, el("dt", { className: "code" }, key), el("dd", {}, words)))));
}

// ---------------------------------------------------------------- after the end

function debrief() {
  const answer = ask({ do: "debrief" });
  if (answer) lay("Looking back", lookBack(answer.debrief));
}
function lookBack(it) {
  const fork = (at) => (at === null ? null : button("Play on from there", () => { close(); shown(ask({ do: "fork", at })); }));
  const { turned, trail, known } = lookedAt(it, fork);
  return [turned, trail, known, el("p", {}, button("Print this", () => print()))];
}
