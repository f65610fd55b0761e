//! What a request has to be before anybody looks at what it asks, and what every answer says to the browser.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::address::Addresses;

/// What a browser may do with a page of ours: its own script, style and requests, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SAID: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Refuses what does not come from a page of this class; says to the browser what it may do with the answer.
pub async fn guard(State(own): State<Arc<Addresses>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&own, request.method(), request.headers()) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in SAID {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request is refused, whatever it asks.
fn refusal(own: &Addresses, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    let host = single(headers, &header::HOST);
    if !host.is_some_and(|host| own.is_host(host)) {
        return Some("This is not the address of the class.");
    }
    // A browser names the page that sends something, and sometimes the page that asks.
    let ours = if headers.contains_key(header::ORIGIN) {
        single(headers, &header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == host
    } else {
        [Method::GET, Method::HEAD].contains(method)
    };
    (!ours).then_some("This comes from another page.")
}

/// A header that stands there once, in plain letters.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    all.next().filter(|_| all.next().is_none())?.to_str().ok()
}
