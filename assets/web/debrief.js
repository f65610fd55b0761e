// What there is to say of a game that is over (src/web/debrief.rs), for an exported page and for a device of a class.

/** In three parts: what turned it, what became of each message, what is known. `fork` makes a button that plays on from a decision. */
function lookedAt(it, fork = () => null) {
  const part = (heading, ...content) => [el("h3", {}, heading), ...content];
  const list = (items) => el("ul", {}, items.map((words) => el("li", {}, words)));
  const meta = (words) => el("p", { className: "meta" }, words);
  const turned = [], trail = [], known = [];
  if (it.trail.length) turned.push(part("What turned it", it.turned.length ? it.turned.map((turn) => el("div", {}, el("p", {}, turn.happened, " ", turn.otherwise), fork(turn.fork)))
    : el("p", {}, "No single word turned it: however each sentence had been carried, it would have ended so.")));
  if (it.endings.length) turned.push(part("Other endings, a decision or two away", it.endings.map((ending) => el("div", {}, el("p", {}, ending.told), prose(ending.because, { className: "meta" }), fork(ending.fork)))));
  if (it.trail.length) trail.push(part("What became of each message", el("ol", {}, it.trail.map(wayOf))));
  for (const sheet of it.sheets) trail.push(part(`${sheet.name}, as it ended`, el("ul", {}, sheet.lines.map(([text, who]) => el("li", {}, who === null ? text : [el("del", {}, text), ` struck by ${who}`]))), list(sheet.hands)));
  if (it.note.length || it.clock.length || it.hypotheses.length) known.push(part("What is known", prose(it.note)));
  if (it.clock.length) known.push(el("dl", {}, it.clock.map((tick) => el("div", {}, el("dt", { className: "meta" }, `${tick.time}, ${tick.reported ? "reported" : "yours"}`), el("dd", {}, inline(tick.prose))))));
  it.hypotheses.forEach((rival, at) => known.push(part(`Why it went so: explanation ${at + 1}`, prose(rival.prose), meta("For it"), list(rival.speaks_for), meta("Against it"), list(rival.against))));
  if (it.invented.length) known.push(part("What not to repeat: this is invented", list(it.invented)));
  if (it.questions.length) known.push(part("Worth arguing about", list(it.questions)));
  return { turned, trail, known };
}
/** One message's way: what was meant, what was heard of it, and who carried it. */
function wayOf(way) {
  const marked = (stretches, name) => stretches.map(([text, changed]) => [changed ? el(name, {}, text) : text, " "]);
  const line = (heading, content) => el("p", {}, el("span", { className: "meta" }, heading), content);
  const told = [way.carried, way.told, way.later].filter(Boolean).map((words) => (/[.!?…”]$/.test(words) ? words : `${words}.`)).join(" ");
  return el("li", {}, el("p", { className: "meta" }, way.sent), line("Meant: ", marked(way.meant, "del")),
    way.heard.length && !way.unchanged ? line("Heard: ", marked(way.heard, "ins")) : null, el("p", { className: "meta" }, told));
}
