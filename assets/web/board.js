// The wall: who is where in a class, then the groups side by side. It is sent nothing that is not for everybody, and asks again every two seconds.

let drawn = "";

const card = (group) => el("section", { className: group.state }, el("h2", {}, group.name), goings(group));

/** A heading a line, and under it, indented, what each group has. */
function compared(text) {
  const out = [];
  for (const line of text.split("\n").filter(Boolean)) {
    if (!line.startsWith(" ")) out.push(el("section", {}, el("h2", {}, line)));
    else out.at(-1)?.append(el("p", { className: line.startsWith("    ") ? "deeper" : "" }, line.trim()));
  }
  return out;
}

function draw(board) {
  const now = JSON.stringify(board);
  if (now === drawn) return;
  drawn = now;
  $("page").replaceChildren(el("h1", {}, board.title || "An untitled story"), el("div", { className: board.compared ? "compared" : "groups" }, board.compared ? compared(board.compared) : board.groups.map(card)));
}

async function look(code) {
  const answer = await ask("/board", { code });
  if (answer.ok) draw(answer.value);
  else if (answer.status !== 403) tell(answer.error);
  return answer.status !== 403;
}

/** The room's code, unless the address has brought it along. */
async function enter(code) {
  if (code && await look(code)) return void setInterval(() => look(code), 2000);
  const field = el("input", { type: "text", className: "code", autocomplete: "off", spellcheck: false, maxLength: 8 });
  $("page").replaceChildren(el("form", { onsubmit: (event) => { event.preventDefault(); enter(field.value.trim()); } },
    el("label", {}, "The four letters of the room", field), el("button", { className: "plain" }, "Show the board")));
  field.focus();
}
enter(here());
