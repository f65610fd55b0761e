// A group for everybody's eyes, on the wall and for whoever observes it: who is there, and who decides.

const STATES = { waiting: "not begun", paused: "paused", over: "over", playing: "" };
const SEATS = { here: ["●", "here"], away: ["◌", "away"], free: ["○", "free"], story: ["◆", "the story’s"] };

/** What a group does now, and each of its seats. */
function goings(group) {
  const now = group.state === "playing" ? (group.deciding ? `${group.deciding} decides` : "the story plays") : STATES[group.state];
  return [el("p", {}, now.charAt(0).toUpperCase() + now.slice(1)), group.state === "waiting" ? null : el("p", { className: "meta" }, group.decisions === 1 ? "one decision" : `${group.decisions} decisions`),
    el("ul", { className: "there" }, group.seats.map(([name, how]) => el("li", {}, el("span", { className: "dots", "aria-hidden": "true" }, `${SEATS[how][0]} `), name, el("span", { className: "meta" }, how === "here" ? "" : ` ${SEATS[how][1]}`))))];
}
