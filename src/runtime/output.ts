import type { Answer, OutputChunk, Stream, Tail } from './protocol.ts';

/** So much of an output's beginning and of its end is kept. */
export const HEAD_LIMIT = 60_000;
export const TAIL_LIMIT = 20_000;

/** Messages go out at once while there are few, and then no more often than this. */
const INTERVAL = 20;
const BURST = 50;

/** Pieces of text of both streams, in order, with neighbours joined. */
class Pieces {
  chunks: OutputChunk[] = [];
  length = 0;

  add(stream: Stream, text: string, longest: number): void {
    const last = this.chunks.at(-1);
    if (last?.stream === stream && last.text.length + text.length <= longest) last.text += text;
    else this.chunks.push({ stream, text });
    this.length += text.length;
  }

  /** Drop the oldest text that `limit` has no room for, and say how much that was. */
  keepLast(limit: number): number {
    const excess = Math.max(0, this.length - limit);
    let left = excess;
    while (left > 0) {
      const first = this.chunks[0];
      const dropped = Math.min(left, first.text.length);
      if (dropped === first.text.length) this.chunks.shift();
      else first.text = first.text.slice(dropped);
      left -= dropped;
    }
    this.length -= excess;
    return excess;
  }
}

/** Sends a program's output to the page in few messages of bounded size, however much is printed. */
export class Output {
  readonly #post: (message: Answer) => void;
  readonly #now: () => number;
  #pending = new Pieces();
  readonly #tail = new Pieces();
  #headRoom = HEAD_LIMIT;
  #omitted = 0;
  #changed = false;
  #credit = BURST;
  #creditAt: number;

  constructor(post: (message: Answer) => void, now: () => number = () => performance.now()) {
    this.#post = post;
    this.#now = now;
    this.#creditAt = now();
  }

  sink(stream: Stream) {
    const decoder = new TextDecoder();
    return {
      write: (bytes: Uint8Array): number => {
        this.#add(stream, decoder.decode(bytes, { stream: true }));
        this.poll();
        return bytes.length;
      },
    };
  }

  /** Send what waits, if it is time for it. */
  poll(): void {
    if (!this.#changed) return;
    const now = this.#now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#creditAt) / INTERVAL);
    this.#creditAt = now;
    if (this.#credit < 1) return;
    this.#credit--;
    this.flush();
  }

  /** Send what waits. */
  flush(): void {
    if (!this.#changed) return;
    const tail: Tail | undefined =
      this.#tail.length > 0 ? { omitted: this.#omitted, chunks: this.#tail.chunks } : undefined;
    this.#post({ kind: 'output', chunks: this.#pending.chunks, tail });
    this.#pending = new Pieces();
    this.#changed = false;
  }

  #add(stream: Stream, text: string): void {
    if (text === '') return;
    this.#changed = true;
    const head = text.slice(0, this.#headRoom);
    if (head !== '') this.#pending.add(stream, head, HEAD_LIMIT);
    this.#headRoom -= head.length;
    if (head.length === text.length) return;
    this.#tail.add(stream, text.slice(head.length), 1000);
    this.#omitted += this.#tail.keepLast(TAIL_LIMIT);
  }
}
