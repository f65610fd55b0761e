//! Random scenes.

use super::stories::{Maker, some};
use super::tree::{Fields, Node};
use super::words::Style;

impl Maker<'_> {
    /// A scene that a choice may go to: seldom the last, so that nights do not end too soon.
    fn go(&mut self, here: usize) -> Node {
        let last = self.scenes.len() - 1;
        let at = match self.below(8) {
            0 => last,
            1..=4 if here + 1 < last => here + 1 + self.below(last - here - 1),
            _ => self.below(last),
        };
        Node::text(self.scenes[at].clone())
    }

    /// A scene that follows without a decision, so that few of them lead into each other for ever.
    fn flow(&mut self, here: usize) -> Node {
        let later = self.scenes.len() - here - 1;
        if self.one_in(12) {
            return self.go(here);
        }
        let at = here + 1 + self.below(later);
        Node::text(self.scenes[at].clone())
    }

    pub fn choice(&mut self, seat: Option<&str>, standing: bool) -> Node {
        let here = self.below(self.scenes.len());
        self.choice_at(seat, standing, here)
    }

    fn choice_at(&mut self, seat: Option<&str>, standing: bool, here: usize) -> Node {
        let mut fields = vec![("say", self.say(Style::Line))];
        self.choices += 1;
        if !standing && self.one_in(4) {
            fields.push(("id", Node::text(format!("c{}", self.choices))));
        }
        self.when(&mut fields, if standing { 2 } else { 3 });
        if fields.iter().any(|(name, _)| *name == "when") && self.one_in(2) {
            fields.push(("locked", self.say(Style::Line)));
        }
        if !standing && self.one_in(2) {
            fields.push(("keep", Node::bare(true)));
        }
        if !standing {
            self.weight("lean", &mut fields, 4);
        }
        if self.one_in(3) {
            fields.push(("reply", self.say(Style::Text)));
        }
        let mut moment = Vec::new();
        if standing || self.below(4) > 0 {
            let go = self.go(here);
            moment.extend(go.words().map(|go| format!("visited({go})")));
            fields.push(("go", go));
        }
        let own: Vec<String> = self
            .messages
            .iter()
            .filter(|(_, from)| Some(from.as_str()) == seat)
            .map(|(message, _)| message.clone())
            .collect();
        if !own.is_empty() && self.one_in(4) {
            let message = self.one_of(&own);
            moment.extend([format!("message is {message}"), format!("heard({message})")]);
            fields.push(("send", Node::text(message)));
            for (field, manners) in
                [("by", self.words.names.carriers.clone()), ("licence", self.words.names.licences.clone())]
            {
                if !manners.is_empty() && self.one_in(2) {
                    fields.push((field, Node::text(self.one_of(&manners))));
                }
            }
        }
        self.does(true, &mut fields, 2, &moment);
        Node::Record(fields)
    }

    pub fn scene(&mut self, number: usize) -> Node {
        let mut fields = Vec::new();
        let last = number + 1 == self.scenes.len();
        let relay = number == 1 && !self.messages.is_empty() && !self.words.names.treatments.is_empty();
        let passes = number == 0 && self.only_passes;
        let receives = number == 2 && self.only_passes;
        let kind = match self.below(16) {
            _ if last => 0,
            0 if number == 0 => 4,
            kind if relay || passes || receives => kind + 4,
            kind => kind,
        };
        let decides = kind > 3;
        let seat = self.one_of(&self.seats.clone()).filter(|_| decides || self.one_in(3));
        let seat = if passes { Some(self.messages[0].1.clone()) } else { seat };
        if let Some(seat) = &seat {
            fields.push(("seat", Node::text(seat.clone())));
        }
        if decides || kind == 0 || self.below(4) > 0 {
            fields.push(("text", self.say(Style::Text)));
        }
        if self.one_in(4) {
            fields.push(("part", Node::text(self.words.fresh())));
        }
        let others: Vec<String> =
            self.seats.clone().into_iter().flatten().filter(|other| Some(other) != seat.as_ref()).collect();
        if !others.is_empty() && self.one_in(2) {
            let others = some(&others, 1, self.words.dice);
            let others = others.into_iter().map(|other| (other, self.say(Style::Text))).collect();
            fields.push(("others", Node::Names(others)));
        }
        let by_seat = seat.is_some() || self.seats[0].is_none();
        let here = format!("visited({})", self.scenes[number]);
        self.does(by_seat, &mut fields, 3, &[here]);
        // Which of these hold whenever a night comes here tells apart nights that differ in little.
        let expect: Vec<String> = (0..3).map(|_| self.words.denial()).collect();
        fields.push(("expect", Node::texts(expect)));
        match kind {
            0 => fields.push(("end", Node::text(format!("End {number}")))),
            1 => fields.push(("go", self.flow(number))),
            2 | 3 => {
                let route = self.route(number, by_seat, kind == 3);
                fields.push(("route", route));
            }
            _ => self.decision(&mut fields, seat.as_deref(), number),
        }
        Node::Record(fields)
    }

    fn route(&mut self, number: usize, by_seat: bool, by_lot: bool) -> Node {
        let count = 1 + self.below(3);
        let ways = (0..count).map(|at| {
            let go = self.flow(number);
            let moment: Vec<String> = go.words().map(|go| format!("visited({go})")).into_iter().collect();
            let mut fields = vec![("go", go)];
            if at + 1 < count {
                self.when(&mut fields, if by_lot { 2 } else { 1 });
            }
            if by_lot && (at == 0 || self.below(4) > 0) {
                if at + 1 < count { self.weight("odds", &mut fields, 1) } else { fields.push(("odds", Node::bare(1))) }
            }
            self.does(by_seat, &mut fields, 3, &moment);
            Node::Record(fields)
        });
        Node::List(ways.collect())
    }

    /// Lets a choice be open only for a while.
    fn close(&mut self, choice: &mut Node) {
        let Node::Record(fields) = choice else { return };
        fields.retain(|(name, _)| *name != "when");
        fields.push(("when", Node::text(format!("minutes < {}", 5 * (1 + self.below(3))))));
    }

    fn decision(&mut self, fields: &mut Fields, seat: Option<&str>, number: usize) {
        let own: Vec<String> = self
            .messages
            .iter()
            .filter(|(_, from)| Some(from.as_str()) == seat)
            .map(|(message, _)| message.clone())
            .collect();
        let names = &self.words.names;
        let mut forms = Vec::new();
        if !own.is_empty() {
            forms.extend(["pass", "pass"]);
        }
        if !self.messages.is_empty() && !names.treatments.is_empty() {
            forms.extend(["relay", "relay"]);
        }
        if !self.messages.is_empty() && !names.handlings.is_empty() {
            forms.extend(["receive", "receive"]);
        }
        if !names.lines.is_empty() {
            forms.push("mark");
        }
        // Every reading can be met somewhere.
        let relay = number == 1 && forms.contains(&"relay");
        let received = number == 2 && forms.contains(&"receive");
        let form = match self.one_in(2) {
            _ if relay => "relay",
            _ if self.only_passes && number == 0 => "pass",
            _ if received && self.only_passes => "receive",
            true if received => "receive",
            true => "",
            false => forms.get(self.below(forms.len())).copied().unwrap_or_default(),
        };
        // In some scenes nothing is open any more once somebody has thought for long.
        let closes = self.clock && form.is_empty() && self.one_in(2);
        let mut takes: Vec<String> = Vec::new();
        if form.is_empty() || self.one_in(2) {
            let count = 1 + self.below(3);
            let mut choices: Vec<Node> = (0..count).map(|_| self.choice_at(seat, false, number)).collect();
            if closes {
                choices.iter_mut().for_each(|choice| self.close(choice));
            }
            for choice in &choices {
                let Node::Record(fields) = choice else { continue };
                takes.extend(fields.iter().filter(|(name, _)| *name == "id").map(|(_, id)| match id {
                    Node::Text(id) => id.clone(),
                    _ => String::new(),
                }));
            }
            fields.push(("choices", Node::List(choices)));
        }
        let go = match self.only_passes && !self.one_in(4) {
            true => Node::text(self.scenes[number + 1].clone()),
            false => self.go(number),
        };
        let go = ("go", go);
        let record = match form {
            "pass" => {
                let mut pass = vec![("messages", Node::texts(some(&own, 1, self.words.dice))), go];
                for (field, manners) in
                    [("by", self.words.names.carriers.clone()), ("licences", self.words.names.licences.clone())]
                {
                    if !manners.is_empty() && (self.only_passes || self.one_in(2)) {
                        pass.push((field, Node::texts(some(&manners, 1, self.words.dice))));
                    }
                }
                Some(("pass", pass))
            }
            "relay" => {
                let all = self.words.names.treatments.clone();
                let treatments = some(&all, if relay { all.len() } else { 1 }, self.words.dice);
                takes.extend(treatments.clone());
                Some(("relay", vec![("treatments", Node::texts(treatments)), go]))
            }
            "receive" => {
                let handlings = some(&self.words.names.handlings.clone(), 1, self.words.dice);
                takes.extend(handlings.clone());
                Some(("receive", vec![("handlings", Node::texts(handlings)), go]))
            }
            "mark" => {
                let mut mark = vec![("sheet", Node::text("card")), go];
                if self.one_in(2) {
                    mark.push(("most", Node::bare(1 + self.below(2))));
                    mark.push(("say", Node::text(self.words.fresh())));
                }
                Some(("mark", mark))
            }
            _ => None,
        };
        fields.extend(record.map(|(name, record)| (name, Node::Record(record))));
        if closes || self.one_in(2) {
            // A scene in which nothing happens changes nothing by coming again.
            let happens = fields.iter().any(|(name, _)| *name == "do");
            let go = self.go(number);
            let other = self.scenes[(number + 1) % self.scenes.len()].clone();
            let back = go.words() == Some(self.scenes[number].as_str());
            fields.push(("otherwise", if back && !happens { Node::text(other) } else { go }));
        }
        if self.one_in(6) {
            fields.push(("standing", Node::bare(false)));
        }
        if !takes.is_empty() && self.one_in(2) {
            let silence = vec![("take", Node::text(self.one_of(&takes))), ("text", Node::text(self.words.fresh()))];
            fields.push(("silence", Node::Record(silence)));
        }
    }
}
