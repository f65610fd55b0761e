// Sheets over an exported page: what was read, other ways, kept games, saves, codes, and the look back after the end.

/** What can be done after the end, in the place of choices. */
function after(page) {
  const others = story.seats.filter((seat) => seat.id !== page.seat.id);
  return choices("After the end", [
    ["Look back at it", "What turned it, what became of each message, and what is known", debrief],
    ...others.map((seat) => [`How it was for ${called(seat)}`, "What this seat read, beside yours", () => otherSide(seat)]),
    ...others.map((seat) => [`The same again, from ${called(seat)}`, "Your own decisions hold the seat that you have just played", () => shown(ask({ do: "same", seat: seat.id }))]),
    ["Play on from one of your decisions", null, forks],
    ["A new game", null, title],
  ]);
}

function menu() {
  lay("Menu", [
    [["What you have read", history, "h"], ["Play on from a decision", forks, "f"]],
    [["Save to a file, or as text", save], ["Open a save", load], ["Name this game", rename, "n"], ["Kept games", games, "m"], ["Class and result codes", codes]],
    [["Settings", laySettings, "o"], ["Keys", help, "?"], ["Leave this game (it is kept)", () => { close(); title(); }]],
  ].map((group) => el("ul", { className: "menu" }, group.map(([words, act, key]) => el("li", {}, button([words, key ? el("span", { className: "key", "aria-hidden": "true" }, key) : null], act))))));
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
  const own = ask({ do: "history" }), theirs = ask({ do: "history", seat: seat.id });
  if (!own || !theirs) return;
  const column = (heading, history) => el("div", {}, el("h3", {}, heading), history.map(block));
  lay(`How it was for ${seat.name}`, el("div", { className: "columns" }, column("You", own.history), column(seat.name, theirs.history)), true);
}

function forks() {
  const answer = ask({ do: "decisions" });
  if (!answer) return;
  const others = (it) => (it.others === 1 ? "one other way" : `${it.others} other ways`);
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
    const called = game.name ? `“${game.name}”` : seat?.place || seat?.name || "A game";
    return el("li", {}, button([called, el("span", { className: "aside meta" }, `${day(game.written)} · ${game.ended ? `ended: ${game.ended}` : "goes on"}`)], () => resume(game)),
      button("Delete", (event) => {
        const it = event.currentTarget;
        if (it.textContent === "Delete") { it.textContent = "Delete it: sure?"; return; }
        forget(game);
        games();
      }));
  });
  const none = el("p", {}, storage ? "None yet." : "This browser keeps nothing for this page.");
  lay("Kept games", [items.length ? el("ul", { className: "list" }, items) : none,
    el("p", { className: "meta" }, `Endings found: ${found.size} of ${story.endings.length}. ${[...found].join("; ")}`)]);
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
  lay("Save", [el("p", {}, "The file can be opened here, on another device, or by hallway in a terminal."),
    el("p", {}, button("Save to a file", download), button("Select the text", () => { text.focus(); text.select(); })), el("label", {}, "Or copy this text", text)]);
}
function load() {
  const take = (words) => {
    const answer = ask({ do: "resume", save: words });
    if (answer) { close(); kept = anew(answer.save); keep(); resumed(answer); }
  };
  const file = el("input", { type: "file", accept: ".night,text/plain", onchange: () => file.files[0]?.text().then(take, () => tell("This file cannot be read.")) });
  const text = el("textarea", { rows: 6, className: "code" });
  lay("Open a save", [el("label", {}, "A file", file), el("label", {}, "Or its text", text), button("Open it", () => take(text.value))]);
}

function codes() {
  const answer = ask({ do: "codes" });
  if (!answer) return;
  lay("Codes", [el("p", {}, "Whoever plays by the class code plays the same game: the same seats, the same luck."), el("p", { className: "code" }, answer.codes.class),
    el("h3", {}, "Result"), el("p", {}, "What was decided so far, for the table of a class."), el("p", { className: "code" }, answer.codes.result ?? "There is none for this game.")]);
}

function help() {
  const keys = [["1–9", "choose"], ["0", "the choice that is always there"], ["Esc", "go back a step; close"], ["u · y", "take back · do again"],
    ["h", "what you have read"], ["r", "what is known of each sentence"], ["f", "play on from a decision"], ["m", "kept games"],
    ["n", "name this game"], ["s", "how things stand, told"], ["w", "why something is not open"], ["o", "settings"], ["?", "these keys"]];
  lay("Keys", el("dl", {}, keys.map(([key, words]) => el("div", {}, el("dt", { className: "code" }, key), el("dd", {}, words)))));
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
