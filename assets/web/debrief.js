// What there is to say of a game that is over (src/web/debrief.rs), for an exported page and for a device of a class.

/** In three parts: what turned it, what became of each message, what is known. `fork` makes a button that plays on from a decision. */
function lookedAt(it, fork = () => null) {
  const part = (heading, ...content) => [el("h3", {}, heading), ...content];
  const list = (items) => el("ul", {}, items.map((words) => el("li", {}, words)));
  const meta = (words) => el("p", { className: "meta" }, words);
  const said = it.headings, turned = [], trail = [], known = [];
  turned.push(it.held.map(meta));
  if (it.stood.length) turned.push(part(said.stood, list(it.stood)));
  turned.push(part(said.turned, el("p", { className: "meta" }, it.turned_how),
    it.turned.map((turn) => el("div", {}, el("p", {}, turn.happened), turn.otherwise.map((words) => el("p", {}, words)), fork(turn.fork)))));
  if (said.endings) turned.push(part(said.endings, it.endings.length ? it.endings.map((ending) => el("div", {}, el("p", {}, ending.told), meta(ending.takes), fork(ending.fork))) : meta(said.no_endings)));
  if (it.trail.length) trail.push(part(said.trail, el("ol", {}, it.trail.map(wayOf))));
  for (const sheet of it.sheets) trail.push(part(`${sheet.name}, as it ended`, el("ul", {}, sheet.lines.map(([text, who]) => el("li", {}, who === null ? text : [el("del", {}, text), ` struck out: ${who}`]))), list(sheet.hands)));
  if (it.note.length || it.clock.length || it.hypotheses.length || it.invented || it.questions.length) known.push(part(said.known, prose(it.note), it.invented ? el("p", {}, it.invented) : null));
  if (it.clock.length) known.push(part(said.clock, el("dl", {}, it.clock.map((tick) => el("div", {}, el("dt", { className: "meta" }, `${tick.time}, ${tick.reported ? "reported" : "yours"}`), el("dd", {}, inline(tick.prose)))))));
  if (it.hypotheses.length) known.push(part(said.hypotheses));
  it.hypotheses.forEach((rival) => known.push(prose(rival.prose), meta("For it"), list(rival.speaks_for), meta("Against it"), list(rival.against)));
  if (it.questions.length) known.push(part(said.questions, list(it.questions)));
  return { turned, trail, known };
}
/** One message's way: what was meant, what was heard of it, and who carried it. */
function wayOf(way) {
  const marked = (stretches, name) => stretches.map(([text, changed]) => [changed ? el(name, {}, text) : text, " "]);
  if (!way.sent) return el("li", {}, el("p", {}, way.told));
  const line = (heading, content) => el("p", {}, el("span", { className: "meta" }, heading), content);
  return el("li", {}, el("p", { className: "meta" }, way.sent), line("Meant: ", marked(way.meant, "del")),
    way.heard.length && !way.unchanged ? line("Heard: ", marked(way.heard, "ins")) : null, el("p", { className: "meta" }, way.told));
}
