import type { Problem } from '../grading/inspect.ts';
import type { NodeInterpreter } from '../runtime/node.ts';

/** What PyTorch wrote for a program: to its output, and where it raised or warned. */
export const SUFFIXES = ['.out', '.err'] as const;

/** What a program writes here, as it would be recorded; and what a last expression came to. */
export async function writtenBy(source: string, python: NodeInterpreter) {
  const { stdout, stderr, value, error } = await python.run(source);
  return {
    '.out': withoutAddresses(stdout),
    '.err': withoutAddresses(stderr + (error?.traceback ?? '')),
    value,
  };
}

/** What is wrong with the recording beside the program `stem.py`: that there is none, or that it says something else. */
export async function recordingProblems(
  stem: string,
  files: Readonly<Record<string, string>>,
  python: NodeInterpreter,
): Promise<Problem[]> {
  const program = files[`${stem}.py`];
  if (program === undefined)
    return [{ file: `${stem}.py`, sentence: 'does not exist: it is the program that is shown' }];
  if (SUFFIXES.every((suffix) => !files[stem + suffix]))
    return [{ file: `${stem}.py`, sentence: 'has no recorded output: run content/record.py' }];
  const here = await writtenBy(program, python);
  return SUFFIXES.flatMap((suffix) => {
    const line = firstDifference(here[suffix], files[stem + suffix] ?? '');
    const sentence =
      'is not what the program prints here: record it anew, or tell us that the engine is wrong';
    return line === undefined ? [] : [{ file: stem + suffix, line, sentence }];
  });
}

/** The first line in which two outputs differ, from 1. */
export function firstDifference(a: string, b: string): number | undefined {
  const [linesA, linesB] = [a.split('\n'), b.split('\n')];
  const length = Math.max(linesA.length, linesB.length);
  const at = Array.from({ length }, (_, i) => linesA[i] === linesB[i]).indexOf(false);
  return at < 0 ? undefined : at + 1;
}

/** An address differs from run to run; record.py writes the same one for all. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/\b0x[0-9a-f]{6,}/g, '0x7f0000000000');
}
