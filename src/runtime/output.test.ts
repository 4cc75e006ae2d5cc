import { describe, expect, it } from 'vitest';
import { HEAD_LIMIT, Output, TAIL_LIMIT } from './output.ts';
import type { Answer, OutputChunk } from './protocol.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (chunks: readonly OutputChunk[] = []) => chunks.map(({ text }) => text).join('');

/** An output whose clock stands still, and what it has sent. */
function outputAt(clock: { now: number }) {
  const sent: Extract<Answer, { kind: 'output' }>[] = [];
  const output = new Output(
    (message) => {
      if (message.kind === 'output') sent.push(message);
    },
    () => clock.now,
  );
  return { output, sent, stdout: output.sink('stdout'), stderr: output.sink('stderr') };
}

describe('output', () => {
  it('is sent at once, and in order, while there is little of it', () => {
    const { sent, stdout, stderr } = outputAt({ now: 0 });
    stdout.write(bytes('a'));
    stderr.write(bytes('b'));
    stdout.write(bytes('c'));
    expect(sent.flatMap(({ chunks }) => chunks)).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b' },
      { stream: 'stdout', text: 'c' },
    ]);
  });

  it('is sent in few messages when there is much of it, and nothing is lost', () => {
    const clock = { now: 0 };
    const { output, sent, stdout } = outputAt(clock);
    for (let i = 0; i < 5000; i++) {
      clock.now += 0.1;
      stdout.write(bytes(`${i}\n`));
    }
    output.flush();
    expect(sent.length).toBeLessThan(100);
    expect(sent.map(({ chunks }) => textOf(chunks)).join('')).toMatch(/^0\n1\n[\s\S]*4998\n4999\n$/);
  });

  it('that waits is sent when it is asked for later', () => {
    const clock = { now: 0 };
    const { output, sent, stdout } = outputAt(clock);
    for (let i = 0; i < 60; i++) stdout.write(bytes('x'));
    const before = sent.length;
    output.poll();
    expect(sent.length).toBe(before);
    clock.now = 1000;
    output.poll();
    expect(sent.length).toBe(before + 1);
  });

  it('keeps its beginning and its end, and counts what is left out', () => {
    const { output, sent, stdout } = outputAt({ now: 0 });
    const length = HEAD_LIMIT + TAIL_LIMIT + 1234;
    const text = Array.from({ length }, (_, i) => String(i % 10)).join('');
    for (let at = 0; at < length; at += 777) stdout.write(bytes(text.slice(at, at + 777)));
    output.flush();
    expect(sent.map(({ chunks }) => textOf(chunks)).join('')).toBe(text.slice(0, HEAD_LIMIT));
    const tail = sent.at(-1)?.tail;
    expect(textOf(tail?.chunks)).toBe(text.slice(-TAIL_LIMIT));
    expect(tail?.omitted).toBe(1234);
  });

  it('of one enormous write is cut as well', () => {
    const { output, sent, stderr } = outputAt({ now: 0 });
    stderr.write(bytes('y'.repeat(5_000_000)));
    output.flush();
    expect(textOf(sent[0].chunks).length).toBe(HEAD_LIMIT);
    expect(textOf(sent[0].tail?.chunks).length).toBe(TAIL_LIMIT);
  });

  it('may split a character between two writes', () => {
    const { sent, stdout } = outputAt({ now: 0 });
    const [first, ...rest] = bytes('é');
    stdout.write(Uint8Array.of(first));
    stdout.write(Uint8Array.from(rest));
    expect(sent.map(({ chunks }) => textOf(chunks)).join('')).toBe('é');
  });
});
