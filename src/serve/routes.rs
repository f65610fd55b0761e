//! What a device can ask, and how it is answered. The table is in [`crate::serve`].

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use crate::web;

use super::address::Addresses;
use super::class::Class;
use super::gate::Tried;
use super::guard::guard;
use super::member::{Denied, LESSON};
use super::pages::{BOARD, BOARD_SCRIPT, PAGE, SCRIPT, STYLE, page};
use super::secret::SeatToken;

/// How much a request may say, in bytes.
const BODY: usize = 16 * 1024;
/// In which time it has to be said.
const TO_SAY_IT: Duration = Duration::from_secs(5);
/// How often a stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);
const COOKIE: &str = "seat";

/// From where a connection comes.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

pub fn routes(class: Arc<Class>, addresses: Addresses) -> Router {
    Router::new()
        .route("/", get(class_page))
        .route("/class.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/class.js", get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/board", get(board_page).post(board))
        .route("/board.js", get(|| async { file("text/javascript; charset=utf-8", BOARD_SCRIPT) }))
        .route("/debrief", get(debrief))
        .route("/after", get(after))
        .route("/record", get(record))
        .route("/read", post(read))
        .route("/room", post(room))
        .route("/join", post(join))
        .route("/again", post(again))
        .route("/events", get(events))
        .route("/state", get(state))
        .route("/decide", post(decide))
        .route("/history", get(history))
        .route("/leave", post(leave))
        .with_state(class)
        .layer(from_fn_with_state(Arc::new(addresses), guard))
}

fn file(kind: &'static str, text: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], text.into()).into_response()
}

async fn class_page(State(class): State<Arc<Class>>) -> Response {
    file("text/html; charset=utf-8", page(PAGE, class.story))
}

async fn board_page(State(class): State<Arc<Class>>) -> Response {
    file("text/html; charset=utf-8", page(BOARD, class.story))
}

/// An answer as JSON.
fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (status, [(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[derive(Serialize)]
struct Error<'a> {
    error: &'a str,
}

fn error(status: StatusCode, why: &str) -> Response {
    json(status, &Error { error: why })
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Flood => StatusCode::TOO_MANY_REQUESTS,
            Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::Stale => StatusCode::CONFLICT,
            Self::Because(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        error(status, &self.words())
    }
}

/// The token that a device sends as its cookie.
struct Known(SeatToken);

impl FromRequestParts<Arc<Class>> for Known {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, class: &Arc<Class>) -> Result<Self, Denied> {
        let token = token(&parts.headers).ok_or(Denied::Unknown)?;
        if class.allows(&token) { Ok(Self(token)) } else { Err(Denied::Flood) }
    }
}

fn token(headers: &HeaderMap) -> Option<SeatToken> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, text)| SeatToken::read(text))
}

/// What a request says, if it is short, said in time and of this kind.
async fn said<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Response> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind != Some("application/json") {
        return Err(error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Say it in JSON."));
    }
    let bytes = match tokio::time::timeout(TO_SAY_IT, to_bytes(body, BODY)).await {
        Err(_) => return Err(error(StatusCode::REQUEST_TIMEOUT, "This took too long.")),
        Ok(Err(_)) => return Err(error(StatusCode::PAYLOAD_TOO_LARGE, "This is too long.")),
        Ok(Ok(bytes)) => bytes,
    };
    serde_json::from_slice(&bytes).map_err(|_| error(StatusCode::BAD_REQUEST, "This is not what is asked here."))
}

/// Does what waits for the disk or for another device, where it keeps nobody else waiting.
async fn aside<T: Send + 'static>(act: impl FnOnce() -> Result<T, Denied> + Send + 'static) -> Result<T, Denied> {
    let done = tokio::task::spawn_blocking(act).await;
    done.unwrap_or_else(|_| Err(Denied::Because("Something went wrong in the program. Try it again.".to_owned())))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enter {
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    code: String,
    group: usize,
    seat: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    code: String,
    group: usize,
    seat: String,
    word: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decide {
    moves: usize,
    request: web::Request,
}

/// Lets on only who knows the room's code, and the word where one is asked for.
async fn knows(class: &Class, parts: &Parts, code: &str, is_word: bool) -> Result<(), Response> {
    let Some(Peer(from)) = parts.extensions.get() else {
        return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let is_code = class.is_code(code);
    let wrong = if is_code {
        "This is not the word of this seat. If it is forgotten, the teacher can free the seat."
    } else {
        "This is not the code of the room. The teacher can read it out again."
    };
    match class.tries(*from, is_code && is_word).await {
        Tried::Right => Ok(()),
        Tried::Wrong => Err(error(StatusCode::FORBIDDEN, wrong)),
        Tried::Later => {
            Err(error(StatusCode::TOO_MANY_REQUESTS, "Too many codes are being tried from there. Try it in a minute."))
        }
    }
}

async fn room(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Enter { code } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code, true).await?;
    let room = aside(move || Ok(class.room())).await;
    Ok(json(StatusCode::OK, &room.map_err(IntoResponse::into_response)?))
}

async fn join(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Join { code, group, seat } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code, true).await?;
    let before = token(&parts.headers);
    let_in(class, move |class| class.enter(group, seat.as_deref(), None, before.as_ref())).await
}

async fn again(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Again { code, group, seat, word } = said(&parts.headers, body).await?;
    let (looks, of_seat, typed) = (class.clone(), seat.clone(), word.clone());
    let is_word = aside(move || Ok(looks.is_word(group, &of_seat, &typed))).await;
    knows(&class, &parts, &code, is_word.map_err(IntoResponse::into_response)?).await?;
    let before = token(&parts.headers);
    let_in(class, move |class| class.enter(group, Some(&seat), Some(&word), before.as_ref())).await
}

/// Gives a device its token. Its script never sees it, no other page can send it, and it is forgotten after the lesson.
async fn let_in(
    class: Arc<Class>,
    enter: impl FnOnce(&Class) -> Result<SeatToken, Denied> + Send + 'static,
) -> Result<Response, Response> {
    let entered = aside(move || {
        let token = enter(&class)?;
        Ok((class.shown(&token)?, token))
    });
    let (shown, token) = entered.await.map_err(IntoResponse::into_response)?;
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict", token.text(), LESSON.as_secs());
    Ok(([(header::SET_COOKIE, cookie)], json(StatusCode::OK, &shown)).into_response())
}

async fn leave(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    aside(move || class.leave(&token)).await?;
    let cookie = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    Ok(([(header::SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response())
}

async fn state(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &aside(move || class.shown(&token)).await?))
}

async fn history(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &aside(move || class.history(&token)).await?))
}

async fn after(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &aside(move || class.afterwards(&token)).await?))
}

async fn record(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &aside(move || class.record(&token)).await?))
}

async fn read(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    aside(move || class.has_read(&token)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn debrief(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &aside(move || class.look_back(&token)).await?))
}

async fn board(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Enter { code } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code, true).await?;
    let board = aside(move || Ok(class.board())).await;
    Ok(json(StatusCode::OK, &board.map_err(IntoResponse::into_response)?))
}

async fn decide(State(class): State<Arc<Class>>, Known(token): Known, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Decide { moves, request } = said(&parts.headers, body).await?;
    let decided = aside(move || {
        class.decide(&token, moves, &request)?;
        class.shown(&token)
    });
    Ok(json(StatusCode::OK, &decided.await.map_err(IntoResponse::into_response)?))
}

async fn events(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    let (group, of_token) = (class.clone(), token.clone());
    let (changes, mut listening) =
        aside(move || Ok((group.of(&of_token)?.changes(), group.listens(&of_token)?))).await?;
    // Each change is looked at anew, from this seat.
    let pages = WatchStream::new(changes).then(move |_| {
        let (class, token) = (class.clone(), token.clone());
        aside(move || class.shown(&token))
    });
    // Whose token is no longer one is sent nothing more.
    let pages = pages.map_while(move |shown| {
        if shown.is_err() {
            listening.dismiss();
        }
        shown.ok()
    });
    // Most of what happens in a group changes nothing for most of its devices.
    let mut last = None;
    let sent = pages.filter_map(move |shown| {
        if last.as_ref() == Some(&shown) {
            return None;
        }
        let text = serde_json::to_string(&shown).ok()?;
        last = Some(shown);
        Some(Ok::<_, Infallible>(Sent::default().data(text)))
    });
    // A page hears events, but not the comments that keep a stream alive.
    let here = KeepAlive::new().interval(HEARTBEAT).event(Sent::default().event("here").data("null"));
    Ok(Sse::new(sent).keep_alive(here).into_response())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::path::Path;
    use std::sync::Arc;

    use axum::body::Body;
    use axum::extract::State;
    use axum::http::{Request, StatusCode, header};
    use serde_json::{Value, json};
    use tokio::time::Instant;

    use super::{Denied, FromRequestParts as _, Known, Peer, again, join, room};
    use crate::serve::{Class, ClassPlan};
    use crate::story::{built_in, check};

    #[test]
    fn one_device_that_asks_without_end_is_refused_and_no_other() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let class = one_group(folder.path());
            let enters = |seat| class.enter(0, Some(seat), None, None).expect("a seat");
            let (one, other) = (enters("aide"), enters("macron"));
            let asks = async |token: &super::SeatToken| {
                let request = Request::builder().header(header::COOKIE, format!("seat={}", token.text()));
                let (mut parts, ()) = request.body(()).expect("a request").into_parts();
                Known::from_request_parts(&mut parts, &class).await.err()
            };
            let mut refused = 0;
            for _ in 0..1000 {
                refused += usize::from(asks(&one).await == Some(Denied::Flood));
            }
            assert!((800..1000).contains(&refused), "{refused} of 1000");
            assert_eq!(asks(&other).await, None);
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            assert_eq!(asks(&one).await, None);
        });
    }

    /// A class of one group whose seats are free.
    fn one_group(folder: &Path) -> Arc<Class> {
        let story = built_in("hold-the-line-class").and_then(|story| check(&story.sources(), Vec::new()).story);
        let story = Box::leak(Box::new(story.expect("sound")));
        let plan = ClassPlan::new("hold-the-line-class", story, 7, [story.seat_ids().collect()]).expect("luck");
        plan.keep(folder).expect("kept");
        Arc::new(Class::open(story, plan, folder, &std::sync::mpsc::channel().0).expect("opened"))
    }

    fn asked(value: &Value) -> axum::extract::Request {
        let request = Request::builder().header(header::CONTENT_TYPE, "application/json");
        let peer = Peer(IpAddr::V4(Ipv4Addr::LOCALHOST));
        request.extension(peer).body(Body::from(value.to_string())).expect("a request")
    }

    /// What can be guessed is told slowly, each part of it, and by then nothing has changed.
    #[test]
    fn whatever_lets_a_device_in_is_guessed_slowly() {
        let folder = tempfile::tempdir().expect("a folder");
        let class = one_group(folder.path());
        let code = class.plan.code.clone();
        let token = class.enter(0, Some("aide"), None, None).expect("a seat");
        let word = class.shown(&token).expect("a member").word;

        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let again_with =
                |code: &str, seat: &str, word: &str| json!({ "code": code, "group": 0, "seat": seat, "word": word });
            for (path, value, status) in [
                ("room", json!({ "code": "AAAA" }), 403),
                ("join", json!({ "code": "AAAA", "group": 0, "seat": "macron" }), 403),
                ("again", again_with("AAAA", "aide", &word), 403),
                ("again", again_with(&code, "aide", "bababa"), 403),
                ("again", again_with(&code, "aide", ""), 403),
                // Of a seat that nobody has, and of none.
                ("again", again_with(&code, "macron", ""), 403),
                ("again", again_with(&code, "nobody", &word), 403),
                ("room", json!({ "code": code }), 200),
                ("again", again_with(&code, "aide", &word), 200),
            ] {
                let (state, asked, begun) = (State(class.clone()), asked(&value), Instant::now());
                let answer = match path {
                    "room" => room(state, asked).await,
                    "join" => join(state, asked).await,
                    _ => again(state, asked).await,
                };
                let answer = answer.unwrap_or_else(|refused| refused);
                assert_eq!(answer.status(), StatusCode::from_u16(status).expect("a status"), "{path} {value}");
                assert_eq!(begun.elapsed().as_secs() >= 1, status == 403, "{path} {value}");
                assert_eq!(class.shown(&token).is_ok(), status == 403 || path == "room", "{path} {value}");
            }
        });
    }
}
