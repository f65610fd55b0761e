use ratatui::text::Line;

use crate::engine::Stop;
use crate::story::{Form, SceneKind};
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::view::{Action, strings};

/// What a writer wants to know: where the scene is written, what is remembered, why each choice is open or not.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut body = Vec::new();
    if let Some((session, _)) = app.seen() {
        let story = app.story;
        let state = session.state();
        let scene = story.scene(state.scene);
        body.push(Line::styled(scene.id.to_uppercase(), theme.accent));
        if let Some((file, line)) = app.written.as_ref().and_then(|all| all.get(state.scene.index())?.as_ref()) {
            body.extend(text_layout.plain(&format!("{file}:{line}"), theme.quiet));
        }
        if let SceneKind::Decide(decision) = &scene.kind {
            body.push(Line::default());
            body.push(Line::styled("CHOICES", theme.accent));
            let mut offered = Vec::new();
            for choice in story.choices(decision) {
                let words = crate::text::plain(&story.words(choice.say).every_word());
                offered.push((words, choice.when.wanting(story, &state.values), state.is_used(choice.once)));
            }
            if let Some(Form::Pass { messages, .. }) = decision.form.as_deref() {
                for message in messages.iter().map(|id| &story.messages[id.index()]) {
                    let words = format!("{}: {}", message.id, message.every_word(story));
                    offered.push((words, message.when.wanting(story, &state.values), state.is_used(message.once)));
                }
            }
            for (words, wanting, used) in offered {
                let head = if wanting.is_empty() && !used { "open    " } else { "locked  " };
                body.extend(text_layout.hanging(head, &words, theme.text));
                let taken = used.then(|| "it has been taken, and can be once only".to_owned());
                let wanting = wanting.into_iter().map(|wanted| format!("it wants {wanted}"));
                for why in taken.into_iter().chain(wanting) {
                    body.extend(text_layout.hanging("        ", &why, theme.quiet));
                }
            }
        }
        if session.stop() == Stop::Stuck {
            body.extend(text_layout.plain(strings::NO_WAY_ON, theme.strong));
        }
        body.push(Line::default());
        body.push(Line::styled("WHAT IS REMEMBERED", theme.accent));
        let told = |var: &crate::story::Var| var.declared || var.id == "minutes";
        for (var, value) in story.vars.iter().zip(&state.values).filter(|(var, _)| told(var)) {
            body.extend(text_layout.hanging(&format!("{:<14}  ", var.id), &var.domain.word(*value), theme.text));
        }
    }
    let keys = vec![Action::Order, Action::Edit, Action::ScrollDown, Action::Search, Action::Back];
    ScreenContent::text("The workbench", body, keys)
}
