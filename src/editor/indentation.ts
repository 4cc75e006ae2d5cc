const STEP = '    ';

/** The spaces that a new line starts with after this text: as the line before, and one step more after a colon. */
export function indentationAfter(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const own = /^\s*/.exec(line)?.[0] ?? '';
  const code = line.replace(/#.*$/, '').trimEnd();
  if (code.endsWith(':')) return own + STEP;
  const leaves = /^\s*(return|pass|break|continue|raise)\b/.test(code);
  return leaves ? own.slice(STEP.length) : own;
}
