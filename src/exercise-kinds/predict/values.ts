// Printed values, as Python writes them and as people type them: `tensor([1., 2.])`, `[1 2]`, `0.25`, `1/4`, `None`.

export type Value =
  | { kind: 'number'; value: number; text: string }
  /** `True`, `None`, `<MulBackward0>`. */
  | { kind: 'word'; text: string }
  | { kind: 'list'; items: Value[]; isTuple: boolean }
  | { kind: 'tensor'; content: Value; marks: Record<string, string> };

const TOKEN =
  /\s*(?:([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:\/\d+)?|[-+]?(?:inf|nan)\b)|([A-Za-z_][\w.]*|<\w+>)|([[\](){},;=]))/y;

interface Token {
  kind: 'number' | 'word' | 'sign';
  text: string;
}

/** The values in a text, one after the other; undefined where it holds anything else. */
export function readValues(text: string): Value[] | undefined {
  const tokens = tokensOf(text.trim());
  if (tokens === undefined || tokens.length === 0) return undefined;
  try {
    return new Reader(tokens).values();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return undefined;
    const [, number, word, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

const WORDS = new Set(['True', 'False', 'None']);

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Up to a closing bracket, or to the end. Commas between values may be left out. */
  values(end?: string): Value[] {
    const values: Value[] = [];
    for (;;) {
      while (this.#takes(',') || this.#takes(';') || (end === undefined && this.#takes('and'))) {}
      if (end === undefined ? this.#at === this.#tokens.length : this.#takes(end)) return values;
      values.push(this.#value());
    }
  }

  #value(): Value {
    const token = this.#next();
    if (token.kind === 'number') return numberOf(token.text);
    if (token.text === '[') return { kind: 'list', items: this.values(']'), isTuple: false };
    if (token.text === '(') return { kind: 'list', items: this.values(')'), isTuple: true };
    if (/^(?:torch\.)?tensor$/.test(token.text)) return this.#tensor();
    const word = /^(?:true|false|none)$/.test(token.text)
      ? token.text[0].toUpperCase() + token.text.slice(1)
      : token.text;
    if (WORDS.has(word) || word.startsWith('<')) return { kind: 'word', text: word };
    throw new Unreadable();
  }

  #tensor(): Value {
    if (!this.#takes('(')) throw new Unreadable();
    const content = this.#value();
    const marks: Record<string, string> = {};
    while (this.#takes(',')) {
      const name = this.#next().text;
      if (!this.#takes('=')) throw new Unreadable();
      marks[name] = this.#next().text;
    }
    if (!this.#takes(')')) throw new Unreadable();
    return { kind: 'tensor', content, marks };
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Unreadable();
    return token;
  }

  #takes(text: string): boolean {
    if (this.#tokens[this.#at]?.text !== text) return false;
    this.#at++;
    return true;
  }
}

function numberOf(text: string): Value {
  const [above, below] = text.split('/');
  const value = text.endsWith('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(above);
  return { kind: 'number', value: below === undefined ? value : value / Number(below), text };
}

/**
 * Whether what somebody typed is what is printed. What they left out (`tensor(…)`, a `grad_fn`, digits) is not held
 * against them; what they wrote has to be so.
 */
export function sameValues(typed: readonly Value[], printed: readonly Value[]): boolean {
  if (typed.length === printed.length) return typed.every((value, i) => sameValue(value, printed[i]));
  if (printed.length === 1) return sameValue({ kind: 'list', items: [...typed], isTuple: true }, printed[0]);
  return typed.length === 1 && typed[0].kind === 'list' && sameValues(typed[0].items, printed);
}

function sameValue(typed: Value, printed: Value): boolean {
  if (typed.kind === 'tensor') {
    if (printed.kind === 'list' && isWrapping(printed)) return sameValue(typed, printed.items[0]);
    if (printed.kind !== 'tensor') return false;
    const { marks } = printed;
    const trueMarks = Object.entries(typed.marks).every(([name, mark]) => marks[name] === mark);
    return trueMarks && sameValue(typed.content, printed.content);
  }
  if (printed.kind === 'tensor') return sameValue(typed, printed.content);
  if (typed.kind === 'list' && printed.kind === 'list' && typed.items.length === printed.items.length)
    return typed.items.every((item, i) => sameValue(item, printed.items[i]));
  if (printed.kind === 'list' && isWrapping(printed)) return sameValue(typed, printed.items[0]);
  if (typed.kind === 'number' && printed.kind === 'number') return sameNumber(typed, printed.value);
  return typed.kind === 'word' && printed.kind === 'word' && typed.text === printed.text;
}

/** A tuple of one thing, as `torch.autograd.grad` gives it. */
const isWrapping = ({ items, isTuple }: Value & { kind: 'list' }): boolean => isTuple && items.length === 1;

function sameNumber({ value, text }: Value & { kind: 'number' }, printed: number): boolean {
  if (Object.is(value, printed) || value === printed) return true;
  if (Math.abs(value - printed) <= 1e-3 * Math.abs(printed)) return true;
  // Somebody may round: `0.33` for a third, though not `0.3`.
  const decimals = /^[-+]?(\d*)\.(\d+)$/.exec(text);
  if (!decimals) return false;
  const significant = `${decimals[1]}${decimals[2]}`.replace(/^0+/, '').length;
  return significant >= 2 && Number(printed.toFixed(decimals[2].length)) === value;
}

/** How long the value is in each direction, outermost first. */
export function shapeOf(value: Value): number[] {
  if (value.kind === 'tensor') return shapeOf(value.content);
  if (value.kind !== 'list') return [];
  return [value.items.length, ...(value.items.length > 0 ? shapeOf(value.items[0]) : [])];
}

/** Its numbers and words, without brackets. */
export function leavesOf(value: Value): Value[] {
  if (value.kind === 'tensor') return leavesOf(value.content);
  return value.kind === 'list' ? value.items.flatMap(leavesOf) : [value];
}
