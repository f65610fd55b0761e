//! The ways on of a scene without a decision.

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::model::{SceneId, SceneKind, SeatId, Way};
use crate::story::read::Id;

use super::Checker;

impl<'s> Checker<'s> {
    /// Whether the `go` of a scene belongs into what is passed there, or into its route, which is told then.
    pub(super) fn takes_the_go(&mut self, scene: &ast::Scene<'s>) -> bool {
        let without = |name, go: Option<Option<Id<'s>>>| go.filter(Option::is_none).map(|_| name);
        let form = without("pass", scene.pass.as_ref().map(|it| it.go))
            .or_else(|| without("relay", scene.relay.as_ref().map(|it| it.go)))
            .or_else(|| without("receive", scene.receive.as_ref().map(|it| it.go)))
            .or_else(|| without("mark", scene.mark.as_ref().map(|it| it.go)));
        let Some(go) = scene.go else { return false };
        let shown = crate::text::clean(go.0).into_owned();
        let (message, help) = match (form, &scene.route) {
            (Some(form), _) => (
                format!("this `go` stands beside `{form}`, and belongs into it"),
                format!("write it within the brackets: `{form}: ( … , go: \"{shown}\")`"),
            ),
            (None, Some(_)) => (
                "this `go` stands beside `route`, and belongs into it".to_owned(),
                format!("write it as the last way of the route: `(go: \"{shown}\")`"),
            ),
            (None, None) => return false,
        };
        self.report(Code::TwoWaysOn, go.0, message).help = Some(help);
        true
    }

    pub(super) fn route(&mut self, id: &'s str, route: &[ast::Way<'s>], seat: Option<SeatId>, told: bool) -> SceneKind {
        let by_lot = route.iter().any(|way| way.odds.is_some());
        let open = |way: &&ast::Way<'s>| way.when.is_none();
        let sure = if by_lot { route.iter().any(|way| open(&way)) } else { route.last().is_some_and(|way| open(&way)) };
        if !(sure || told || self.partial.contains(&id.as_ptr())) {
            let last = route.last().filter(|_| !by_lot).and_then(|way| way.when.as_ref());
            if let Some(early) = route.iter().find(open).filter(|_| !by_lot) {
                let message = "this way has no `when`, so none behind it is ever taken";
                self.report(Code::NoWayOn, early.at, message).help = Some("put it last".to_owned());
            } else {
                let at = last.map_or(id, |when| when.at);
                self.report(Code::NoWayOn, at, format!("no way of the route in `{id}` is always open")).help =
                    Some("add a last way without `when`: `(go: \"scene\")`".to_owned());
            }
        }
        let ways = route.iter().map(|way| {
            if way.go.is_none() {
                self.missing(way.at, "a way of a route", "go");
            }
            self.fingerprint.feed_text(way.when.as_ref());
            self.fingerprint.feed_id(way.go);
            self.fingerprint.feed_texts(way.r#does.as_ref());
            Way {
                when: self.condition(way.when.as_ref(), seat),
                odds: self.weight(way.odds.as_ref(), way.at),
                does: self.effects(way.r#does.as_ref(), seat),
                go: way.go.map_or(SceneId::new(0), |go| self.scene_of(go)),
            }
        });
        SceneKind::Route { ways: ways.collect(), by_lot }
    }
}
