/// Stories to begin from: a name, what it is for, and its text. `TITLE` stands where the title goes.
pub const TEMPLATES: &[(&str, &str, &str)] = &[
    ("blank", "one scene and an ending", include_str!("../../assets/new/blank.ron")),
    (
        "branching",
        "choices, something remembered, a hub and a countdown",
        include_str!("../../assets/new/branching.ron"),
    ),
    (
        "messages",
        "two rooms, and somebody between them who carries every word",
        include_str!("../../assets/new/messages.ron"),
    ),
    (
        "classroom",
        "a sourced episode for a class: facts, a dispute, questions",
        include_str!("../../assets/new/classroom.ron"),
    ),
];

/// A fresh story with this title from one of the [`TEMPLATES`].
#[must_use]
pub fn new_story(template: &str, title: &str) -> Option<String> {
    let (_, _, text) = TEMPLATES.iter().find(|(name, ..)| *name == template)?;
    let title = crate::text::clean(title).replace(['\\', '"'], "’");
    Some(text.replace("TITLE", title.trim()))
}
