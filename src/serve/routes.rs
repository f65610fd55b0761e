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
use super::secret::SeatToken;
use super::table::Denied;

/// How much a request may say, in bytes.
const BODY: usize = 16 * 1024;
/// In which time it has to be said.
const TO_SAY_IT: Duration = Duration::from_secs(5);
/// How often a stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);
const COOKIE: &str = "seat";

const PAGE: &str = include_str!("../../assets/web/class.html");
const STYLE: &str = include_str!("../../assets/web/page.css");
const SCRIPT: &str = concat!(include_str!("../../assets/web/draw.js"), include_str!("../../assets/web/class.js"));

/// From where a connection comes.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

pub fn routes(class: Arc<Class>, addresses: Addresses) -> Router {
    Router::new()
        .route("/", get(|| async { file("text/html; charset=utf-8", PAGE) }))
        .route("/class.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/class.js", get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
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

fn file(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
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
        match self {
            Self::Unknown => error(StatusCode::UNAUTHORIZED, "This device has no seat in the class."),
            Self::Stale => error(StatusCode::CONFLICT, "The game has gone on meanwhile."),
            Self::Because(why) => error(StatusCode::UNPROCESSABLE_ENTITY, &why),
        }
    }
}

/// The token that a device sends as its cookie.
struct Known(SeatToken);

impl<S: Sync> FromRequestParts<S> for Known {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        token(&parts.headers).map(Self).ok_or(Denied::Unknown)
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

/// Lets on only who knows the room's code.
async fn knows(class: &Class, parts: &Parts, code: &str) -> Result<(), Response> {
    let Some(Peer(from)) = parts.extensions.get() else {
        return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    match class.tries(*from, code).await {
        Tried::Right => Ok(()),
        Tried::Wrong => {
            let why = "This is not the code of the room. The teacher can read it out again.";
            Err(error(StatusCode::FORBIDDEN, why))
        }
        Tried::Later => {
            Err(error(StatusCode::TOO_MANY_REQUESTS, "Too many codes are being tried from there. Try it in a minute."))
        }
    }
}

async fn room(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Enter { code } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code).await?;
    Ok(json(StatusCode::OK, &class.room()))
}

async fn join(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Join { code, group, seat } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code).await?;
    let known = token(&parts.headers);
    let of_token = class.clone();
    let joined = aside(move || {
        // Who has a seat already gives it up for another.
        let _ = known.map(|token| class.leave(&token));
        class.join(group, seat.as_deref())
    });
    Ok(let_in(&of_token, &joined.await.map_err(IntoResponse::into_response)?))
}

async fn again(State(class): State<Arc<Class>>, request: Request) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let Again { code, group, seat, word } = said(&parts.headers, body).await?;
    knows(&class, &parts, &code).await?;
    let of_token = class.clone();
    let joined = aside(move || class.again(group, &seat, &word));
    Ok(let_in(&of_token, &joined.await.map_err(IntoResponse::into_response)?))
}

/// Gives a device its token. Its script never sees it, no other page can send it, and it is forgotten after the lesson.
fn let_in(class: &Class, token: &SeatToken) -> Response {
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age=21600; HttpOnly; SameSite=Strict", token.text());
    match class.shown(token) {
        Ok(shown) => ([(header::SET_COOKIE, cookie)], json(StatusCode::OK, &shown)).into_response(),
        Err(denied) => denied.into_response(),
    }
}

async fn leave(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    aside(move || class.leave(&token)).await?;
    let cookie = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    Ok(([(header::SET_COOKIE, cookie)], StatusCode::NO_CONTENT).into_response())
}

async fn state(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &class.shown(&token)?))
}

async fn history(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    Ok(json(StatusCode::OK, &class.history(&token)?))
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

/// That a stream goes to a device, for as long as this lives.
struct Stream {
    class: Arc<Class>,
    token: SeatToken,
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.class.stream(&self.token, false);
    }
}

async fn events(State(class): State<Arc<Class>>, Known(token): Known) -> Result<Response, Denied> {
    class.stream(&token, true)?;
    let stream = Stream { class, token };
    let changes = WatchStream::new(stream.class.of(&stream.token)?.changes());
    // Each change is looked at anew, from this seat; whose token is no longer one is sent nothing more.
    let pages = changes.map(move |_| stream.class.shown(&stream.token)).take_while(Result::is_ok);
    let sent = pages.filter_map(|shown| {
        let text = serde_json::to_string(&shown.ok()?).ok()?;
        Some(Ok::<_, Infallible>(Sent::default().data(text)))
    });
    Ok(Sse::new(sent).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}
