//! The teacher's page for a lesson in which every pupil has a device: what to type, minute by minute, and what to do when
//! something goes wrong.

use super::{HandoutSheet, Part, Story, heading};

/// The page of a story that is opened by `name`.
pub(super) fn own_devices(story: &Story, name: &str) -> HandoutSheet {
    let seat = story.seats.last().map_or("aide", |seat| seat.name.as_str());
    let free = format!("free blue {}", seat.trim_start_matches("The ").to_lowercase());
    let list = |items: &[&str]| Part::List(items.iter().map(|item| (*item).to_owned()).collect());
    let parts = vec![
        heading("The day before, in the room itself"),
        list(&[
            &format!(
                "On your computer: `hallway class serve {name} --pupils 26 --turn 60 --lan`. If it asks whether hallway may accept connections from the network, allow it."
            ),
            "On one telephone, in the same Wi-Fi, with mobile data off: open the address. If “Come in” appears, all is well.",
            "If nothing appears within ten seconds, the network keeps devices apart. Use your laptop’s own hotspot, or a small router of your own.",
            "Type `quit` twice. Print for each pupil: a role card and an exit ticket. For yourself: this page, the record, the answer key.",
        ]),
        heading("Fifty minutes: what you type"),
        list(&[
            "0–5: Start as the day before. Put the address and the four letters on the wall, and leave them there. In the meantime everybody writes the first line of the exit ticket.",
            "5–10: Pupils open the address, take a group and a seat, and read their role card. `groups` shows who is missing. Nothing begins by itself.",
            "10–30: `begin`. Everybody plays. Where a seat is empty it asks first: the story plays that seat. `begin blue` begins one group. `more blue aide 30` gives one pupil half a minute more for each turn, and nobody else sees it. About minute 20: `news 1`, the same for all.",
            "30: `stop`, typed twice: every game that is still going on gets an ending from where it stands. Everybody writes one sentence that a reporter could know.",
            "31–35: `debrief 1` opens the first question on every device: what happened, and what did it feel like?",
            "35–39: `debrief 2`: one message, from mouth to ear, beside what each pupil had noted.",
            "39–43: `debrief 3`, and `board compare` on the projector: where did the groups part?",
            "43–47: `debrief 4`: what is known, and where do the sources conflict?",
            "47–50: The exit ticket. `codes` prints the groups’ result codes; `quit`, typed twice, ends the lesson and writes the table of decisions.",
        ]),
        heading("When something goes wrong"),
        list(&[
            "A page was closed or reloaded: open the address again on the same device. It comes back by itself.",
            "A battery is flat: on another device, choose the same group and seat, and type the word that the pupil was shown.",
            &format!(
                "The word is forgotten, or the wrong seat was taken: `{free}`, typed twice. The seat can be taken again."
            ),
            "Somebody comes late: a free seat, a seat that the story plays (they take it over from its next turn), or observing (see the observer’s sheet).",
            "One group dawdles: `groups` shows who decides, and for how long. With `--turn` it goes on by itself.",
            "Your computer slept, or the program ended: type the same line again on the same day, and it goes on with this class; on another day type the line that it printed (`--folder …`). Nothing that was decided is lost, and the devices come back by themselves.",
            "The network fails for good: one computer for each group, `hallway class code` and `hallway play --code CODE` (see the teacher’s guide).",
        ]),
        heading("What nobody else sees"),
        list(&[
            "Each device shows its own seat only. Your screen and the board show who decides where, and never a word that anybody reads.",
            "No names are asked for. What is kept on your computer is what each seat decided.",
        ]),
    ];
    HandoutSheet { name: "own-devices", title: format!("{}: on pupils’ own devices", story.title), parts }
}
