/**
 * Unpacks the runtime, and the story into it; both as `hallway export` writes them, packed with gzip, in base64.
 * Gives the story, as src/web.rs tells, and `ask`: a request in, its answer out.
 */
async function openStory(runtime, story) {
  if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") {
    throw new Error("This browser is too old for the page: it needs one from 2023 or later.");
  }
  const unpacked = async (base64) => {
    const letters = atob(base64), packed = new Uint8Array(letters.length);
    // One by one: `Uint8Array.from` with a function takes ten times as long, and a reader waits for it.
    for (let at = 0; at < letters.length; at++) packed[at] = letters.charCodeAt(at);
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };
  const module = unpacked(runtime).then((bytes) => WebAssembly.instantiate(bytes, {}));
  const [{ instance: { exports } }, words] = await Promise.all([module, unpacked(story)]);
  const call = (bytes, answers) => {
    const at = exports.hallway_room(bytes.length);
    // Memory may have grown meanwhile, so that its buffer is taken afresh.
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
    const length = answers();
    return JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.hallway_answer(), length)));
  };
  const opened = call(new Uint8Array(words), exports.hallway_open);
  if (opened.error) throw new Error(opened.error);
  return { story: opened.story, ask: (request) => call(new TextEncoder().encode(JSON.stringify(request)), exports.hallway_call) };
}
