export interface Mistake {
  /** What its author is told, in Markdown. */
  message: string;
  program: string;
}

/** Takes apart a file of `mistakes/`: a docstring that is the message, and the program below it. */
export function splitMistake(source: string, path: string): Mistake {
  const parts = /^\s*(?:"""([\s\S]+?)"""|'''([\s\S]+?)''')\s*\n([\s\S]*)$/.exec(source);
  const message = (parts?.[1] ?? parts?.[2] ?? '').trim();
  const program = parts?.[3].trimEnd() ?? '';
  if (!message)
    throw new Error(`${path} should begin with a docstring: what somebody who makes this mistake is told`);
  if (!program) throw new Error(`${path} has a message and no program`);
  return { message, program };
}
