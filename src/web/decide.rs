use crate::engine::{OfferAction, Pick};
use crate::view::{Page, Turn};

use super::request::Request;

/// What a reader decides by `choose` or `standing`.
///
/// # Errors
/// Why this cannot be decided on this page, for the person.
pub fn pick(page: Page<'_, '_>, request: &Request) -> Result<Pick, &'static str> {
    let ask = page.ask().filter(|_| page.turn() == Turn::Yours).ok_or("Nothing is to be decided here now.")?;
    let offer = match request {
        Request::Choose { at, .. } => ask.offers().nth(*at).filter(|offer| offer.open),
        Request::Standing => ask.standing(),
        _ => return Err("This is no decision."),
    };
    match (offer.ok_or("This cannot be chosen.")?.take, request) {
        (OfferAction::Pick(pick), _) => Ok(pick),
        (OfferAction::Compose(message), Request::Choose { answers, .. }) => {
            ask.composed(message, answers).ok_or("Each question wants one of its answers.")
        }
        (OfferAction::Compose(_), _) => Err("This cannot be chosen."),
    }
}
