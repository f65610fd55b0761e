//! The teacher's page for a lesson on pupils' own devices names words that the console knows.

use hallway::teach::handout;

use super::support::{Lesson, for_a_class};

#[test]
fn the_page_for_own_devices_names_words_of_the_console() {
    let story = for_a_class();
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(story, 9, folder.path());
    let pack = handout(story, "hold-the-line-class");
    let page = pack.iter().find(|file| file.name == "own-devices.md").expect("the page");
    let mut words = 0;
    for word in page.text.split('`').skip(1).step_by(2).filter(|it| !it.starts_with("hallway") && !it.starts_with('-'))
    {
        if let Err(why) = lesson.class.order(word, false) {
            assert!(!why.contains("is no word") && !why.contains("Say which"), "`{word}`: {why}");
        }
        words += 1;
    }
    assert!(words > 10, "{}", page.text);
}
