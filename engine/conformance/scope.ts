import { createNodeInterpreter } from '../../src/runtime/node.ts';
import { read } from './recorded.ts';

/** Something that this engine won't do, an expression that asks for it, and what it says then. */
export interface OutOfScope {
  what: string;
  code: string;
  says: string;
}

/** What `scope.json` says. */
export const recordedScope = (): OutOfScope[] => JSON.parse(read('scope.json'));

/** The same, asked of the engine. */
export async function outOfScope(): Promise<OutOfScope[]> {
  const asked = recordedScope();
  const program = `
import json, torch
says = []
for code in json.load(open("codes")):
    try:
        says.append(f"{eval(code)!r}")
    except Exception as error:
        says.append(str(error))
print(json.dumps(says))`;
  const python = await createNodeInterpreter();
  const run = await python.run(program, { files: { codes: JSON.stringify(asked.map(({ code }) => code)) } });
  if (run.error) throw new Error(run.error.traceback);
  const says: string[] = JSON.parse(run.stdout);
  return asked.map(({ what, code }, nr) => ({ what, code, says: says[nr] }));
}
