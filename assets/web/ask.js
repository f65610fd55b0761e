// How a page of a class asks the class.

/** What the class answers, with its status; where it does not, why, for the reader. */
async function ask(path, value) {
  // What only looks is not waited for without end: a laptop that was closed answers nothing, not even that it is gone.
  const said = value === undefined ? { signal: AbortSignal.timeout?.(10000) } : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
  try {
    const response = await fetch(path, said);
    const text = await response.text();
    const answer = text && response.headers.get("content-type") === "application/json" ? JSON.parse(text) : {};
    return { ...answer, ok: response.ok, status: response.status, value: answer };
  } catch {
    return { ok: false, status: 0, error: "The teacher’s laptop does not answer. Keep this page open: it goes on by itself." };
  }
}

/** The code that the address brings along. */
function here() {
  const code = location.hash.slice(1);
  try { return decodeURIComponent(code); } catch { return code; }
}
