// What a waiting seat writes down: what was sent, what is expected, what was heard, how sure one is. It stays on this device, under
// the word of its seat, and is held against the trail once the game is over.

const NOTED = "hallway/class/notes/";
/** What a pupil leaves with, and under what it is kept: no part of a story is called so. */
const TICKET = " ticket", LEAVES = [["claim", "One claim about that night"], ["source", "Who says so, and could they have seen it?"], ["limit", "One thing that this does not show"]];
const BOXES = [["sent", "I sent"], ["expect", "I expect"], ["heard", "I heard"]];

/** The notes of one seat, by part of the story. */
class Notes {
  constructor(word) {
    this.key = NOTED + word;
    this.part = null;
    this.kept = {};
    try {
      // Whoever has this device next finds nothing of the one before.
      for (const key of Object.keys(localStorage)) if (key.startsWith(NOTED) && key !== this.key) localStorage.removeItem(key);
      this.kept = JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch { /* They last as long as the page. */ }
  }

  /** Offers the boxes of this part while the seat waits. What somebody is writing in stays under their hand. */
  show(part, waits) {
    const it = $("notes"), writes = it.contains(document.activeElement);
    if (this.part !== part && !writes) {
      this.part = part;
      const own = () => (this.kept[part] ??= {});
      const set = (name, value) => { own()[name] = value; settle(this.key, JSON.stringify(this.kept)); };
      it.replaceChildren(...[el("summary", {}, "While you wait: your notes", part ? `, ${part}` : ""),
        el("p", { className: "meta" }, "They stay on this device: nobody else sees them, and another device does not have them."),
        BOXES.map(([name, words]) => el("label", {}, words, el("textarea", { rows: 2, maxLength: 400, value: this.kept[part]?.[name] ?? "", oninput: (event) => set(name, event.target.value) }))),
        el("fieldset", {}, el("legend", {}, "How sure am I? (1: a guess, 5: certain)"), [1, 2, 3, 4, 5].map((sure) =>
          el("label", {}, el("input", { type: "radio", name: "sure", checked: this.kept[part]?.sure === sure, onchange: () => set("sure", sure) }), String(sure))))].flat());
    }
    it.hidden = false;
    it.open = waits || writes;
  }

  /** One claim, its source, one limit: to be handed in, or read out. */
  ticket() {
    const own = (this.kept[TICKET] ??= {});
    return [el("p", { className: "meta" }, "It stays on this device: read it out, or copy it onto paper."), LEAVES.map(([name, words]) =>
      el("label", {}, words, el("textarea", { rows: 2, maxLength: 400, value: own[name] ?? "", oninput: (event) => { own[name] = event.target.value; settle(this.key, JSON.stringify(this.kept)); } })))];
  }

  hide() { $("notes").hidden = true; }

  forget() {
    this.hide();
    try { localStorage.removeItem(this.key); } catch { /* Nothing was kept. */ }
  }

  /** What was written down, part by part, to hold against what became of it. */
  told() {
    const written = Object.entries(this.kept).filter(([, it]) => BOXES.some(([name]) => it[name]?.trim()) || it.sure);
    if (!written.length) return el("p", { className: "meta" }, "You wrote nothing down.");
    return written.map(([part, it]) => [part ? el("h4", {}, part) : null, el("dl", {}, BOXES.filter(([name]) => it[name]?.trim()).map(([name, words]) => [el("dt", { className: "meta" }, words), el("dd", {}, it[name])]),
      it.sure ? [el("dt", { className: "meta" }, "How sure"), el("dd", {}, `${"●".repeat(it.sure)}${"○".repeat(5 - it.sure)} ${it.sure} of 5`)] : null)]);
  }
}
