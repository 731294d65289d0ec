/** Reads amounts as people type them. What could mean two numbers is asked, never guessed. */

export type Parsed =
  | { readonly kind: "empty" }
  | { readonly kind: "value"; readonly value: string }
  /** Two readings, that of the locale first. */
  | { readonly kind: "ambiguous"; readonly readings: readonly [string, string] }
  | { readonly kind: "invalid"; readonly reason: "characters" | "groups" | "negative" };

const INVISIBLE = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const SPACE = /[\s\u00a0\u202f'’_]/; // separates groups, in some places
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0xff10];

/** Parses a number that is not negative. The value is plain: digits and a point. */
export function parseDecimal(text: string, locale: string): Parsed {
  const typed = text
    .replace(INVISIBLE, "")
    .trim()
    .replace(/^\$|\$$/g, "")
    .trim();
  if (typed === "") {
    return { kind: "empty" };
  }
  if (/^[-−–(]/.test(typed)) {
    return { kind: "invalid", reason: "negative" };
  }
  const latin = Array.from(typed, digit).join("").replaceAll("،", ","); // Arabic keyboards have no other comma
  if (!/^[\d.,٫٬\s\u00a0\u202f'’_]+$/.test(latin) || !/\d/.test(latin)) {
    return { kind: "invalid", reason: "characters" };
  }
  return separated(latin, decimalSeparator(locale));
}

/** The separator of decimals in a locale: a point, a comma, or the one that only Arabic has. */
export function decimalSeparator(locale: string): Separator {
  const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal");
  return part?.value === "," || part?.value === "٫" ? part.value : ".";
}

type Separator = "." | "," | "٫";

function separated(text: string, own: Separator): Parsed {
  if (text.includes("٫") || text.includes("٬")) {
    return grouped(text.replaceAll("٬", " "), "٫");
  }
  const points = text.split(".").length - 1;
  const commas = text.split(",").length - 1;
  if (points > 0 && commas > 0) {
    const last = text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
    return grouped(text.replaceAll(last === "." ? "," : ".", " "), last);
  }
  const mark = points > 0 ? "." : ",";
  if (points + commas > 1) {
    return grouped(text.replaceAll(mark, " "), "."); // twice: it can only group
  }
  if (mark !== own && /^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) {
    return { kind: "ambiguous", readings: [text.replace(mark, ""), text.replace(mark, ".")] };
  }
  return grouped(text, mark);
}

/** Parses digits with spaces between groups and at most one mark for the decimals. */
function grouped(text: string, mark: string): Parsed {
  const [whole = "", decimals = "", ...more] = text.split(mark);
  const groups = whole.split(SPACE);
  const [first = "", ...rest] = groups;
  const isWestern = rest.every((group) => group.length === 3);
  const isIndian = rest.at(-1)?.length === 3 && rest.slice(0, -1).every((group) => group.length === 2);
  const hasGroups = rest.length === 0 || (first.length >= 1 && first.length <= 3 && (isWestern || isIndian));
  if (more.length > 0 || !hasGroups || SPACE.test(decimals)) {
    return { kind: "invalid", reason: "groups" };
  }
  const integer = groups.join("").replace(/^0+(?=\d)/, "") || "0";
  return { kind: "value", value: decimals === "" ? integer : `${integer}.${decimals}` };
}

function digit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((start) => code >= start && code <= start + 9);
  return zero === undefined ? character : String(code - zero);
}
