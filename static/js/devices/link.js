/** One phone's line to the server: calls, how quickly they are answered, and what time it is there. */

/**
 * @typedef {{status: number, body: any}} Reply  body null where the answer is no JSON
 */

const ROOT = "/api/v1/checkin/";
/** An answer within this counts as quick. */
export const PATIENCE_MS = 300;
const TIMEOUT_MS = 8000;
const LANGUAGE = globalThis.document?.documentElement.lang ?? "";
const PROBLEM = "application/problem+json";

export class Link {
  /** Whether the last contact was quick, so that the server is worth waiting for. */
  quick = false;
  /** Whether the last contact was answered at all; before the first one nothing is promised. */
  online = false;

  /** @param {string} token */
  constructor(token) {
    this.token = token;
  }

  /**
   * Ask; null where no answer came from our server.
   * @param {string} path @param {object|null} [body] @param {number} [timeout]
   * @returns {Promise<Reply|null>}
   */
  async ask(path, body = null, timeout = TIMEOUT_MS) {
    const asked = performance.now();
    const reply = await this.#fetched(path, body, timeout);
    this.online = reply !== null && reply.status < 500;
    if (!this.online) this.quick = false;
    else if (performance.now() - asked < PATIENCE_MS) this.quick = true;
    return reply;
  }

  /**
   * @param {string} path @param {object|null} body @param {number} timeout
   * @returns {Promise<Reply|null>}
   */
  async #fetched(path, body, timeout) {
    try {
      const response = await fetch(ROOT + path, {
        method: body === null ? "GET" : "POST",
        headers: {
          Authorization: `Bearer ${this.token}`,
          // What the server words, such as the notes for the staff, is in the page's language.
          ...(LANGUAGE ? { "Accept-Language": LANGUAGE } : {}),
          ...(body === null ? {} : { "Content-Type": "application/json" }),
        },
        body: body === null ? undefined : JSON.stringify(body),
        credentials: "omit",
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(timeout),
      });
      return await read(response);
    } catch {
      return null;
    }
  }
}

/**
 * What a network at an airport answers in our place is not ours: only JSON of our kinds is.
 * @param {Response} response
 * @returns {Promise<Reply|null>}
 */
async function read(response) {
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0];
  if (response.ok && type !== "application/json") return null;
  if (!response.ok && type !== PROBLEM) return { status: 503, body: null };
  return { status: response.status, body: await response.json() };
}
