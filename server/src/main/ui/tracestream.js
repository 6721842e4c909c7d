// @ts-check
import { Problem } from './api.js';

/** Reads the tree of a trace while it arrives, each span by itself: that of 80,000 spans is more than twenty megabytes. */

const SPANS = '"spans":[';
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** Cuts text that comes in pieces into the head of the trace and its spans. */
export class SpanCutter {
  /** @type {import('./types.js').TraceHead | null} what comes before the spans, once it is there */
  head = null;
  #text = '';
  /** How far the text was looked at, at which depth, and whether within a string. */
  #at = 0;
  #depth = 0;
  #inString = false;
  /** Where the span that is being read begins; -1 between spans. */
  #start = -1;

  /**
   * Takes the next piece.
   * @param {string} piece
   * @returns {import('./types.js').TreeSpan[]} the spans that are complete now
   */
  take(piece) {
    this.#text += piece;
    if (this.head === null && !this.#readHead()) return [];
    const spans = [];
    for (let end = this.#endOfSpan(); end >= 0; end = this.#endOfSpan()) {
      spans.push(JSON.parse(this.#text.slice(this.#start, end)));
      this.#start = -1;
    }
    this.#forget();
    return spans;
  }

  /** In a string the quotes would have backslashes before them. */
  #readHead() {
    const at = this.#text.indexOf(SPANS);
    if (at < 0) return false;
    const { spans: _, ...head } = JSON.parse(`${this.#text.slice(0, at + SPANS.length)}]}`);
    this.head = head;
    this.#at = at + SPANS.length;
    return true;
  }

  /** Just behind the next span that is complete; -1 if none is. */
  #endOfSpan() {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (this.#inString) {
        if (character === BACKSLASH) at++;
        else if (character === QUOTE) this.#inString = false;
      } else if (character === QUOTE) {
        this.#inString = true;
      } else if (character === OPEN) {
        if (this.#depth++ === 0) this.#start = at;
      } else if (character === CLOSE && --this.#depth === 0) {
        this.#at = at + 1;
        return at + 1;
      }
    }
    this.#at = at;
    return -1;
  }

  /** What was read isn't kept. A backslash may have been the last character: then the next piece is looked at from its second on. */
  #forget() {
    const kept = this.#start < 0 ? Math.min(this.#at, this.#text.length) : this.#start;
    this.#text = this.#text.slice(kept);
    this.#at -= kept;
    if (this.#start >= 0) this.#start = 0;
  }
}

/**
 * Reads an answer to its end.
 * @param {Response} response
 * @param {(head: import('./types.js').TraceHead, spans: import('./types.js').TreeSpan[]) => void} take is given the spans in their order
 */
export async function readTrace(response, take) {
  const cutter = new SpanCutter();
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let last = '';
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      const piece = decoder.decode(value, { stream: true });
      const spans = cutter.take(piece);
      if (cutter.head !== null) take(cutter.head, spans);
      last = piece === '' ? last : piece;
    }
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw brokenOff();
  }
  if (!last.trimEnd().endsWith('}')) throw brokenOff();
}

function brokenOff() {
  return new Problem(0, 'broken-off', 'The server broke off while it sent the trace.');
}
