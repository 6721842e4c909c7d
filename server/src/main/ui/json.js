// @ts-check
/** JSON whose whole numbers stay as they are: those that a number can't hold become bigints. Pure functions. */

/** A string, or a number that is none of its parts. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const WHOLE = /^-?\d+$/;

/** No text of the store has this character in it. */
const MARK = '\0';
const MARKED = /^\0-?\d+$/;
const WRITTEN = /"\\u0000(-?\d+)"/g;

/**
 * What the text says.
 * @param {string} text
 * @returns {any}
 */
export function parseJson(text) {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(TOKEN, token =>
    WHOLE.test(token) && !Number.isSafeInteger(Number(token)) ? JSON.stringify(MARK + token) : token);
  return JSON.parse(marked, (_, value) => typeof value === 'string' && MARKED.test(value) ? BigInt(value.slice(1)) : value);
}

/**
 * The text that says this.
 * @param {unknown} value
 * @param {number} [indent]
 */
export function jsonText(value, indent) {
  return JSON.stringify(value, (_, each) => typeof each === 'bigint' ? MARK + each : each, indent).replace(WRITTEN, '$1');
}
