// How many answers agree, counted from the answers and from the lists of those that differ.
import { FUZZ, families, notCovered, recorded, recordedPrograms } from './recorded.ts';

/** How many agree of how many. */
export type Share = [agree: number, total: number];

/** Shares of an operation: results, gradients (with the names of their graph), second derivatives, tangents. */
export type Operation = [name: string, forward: Share, gradient: Share, second: Share, tangent: Share];

export interface Family {
  name: string;
  /** What it is about, in a sentence. */
  about: string;
  /** Of all its answers. */
  share: Share;
}

/** A difference that stays: the reason, how many answers show it, and one of them. */
export interface Kept {
  reason: string;
  count: number;
  example: string;
}

/** What the conformance page shows. */
export interface Results {
  /** The operations of all families, by name. */
  operations: Operation[];
  families: Family[];
  /** Random programs. */
  programs: Share;
  kept: Kept[];
}

const COLUMN: Record<string, 1 | 2 | 3 | 4> = {
  forward: 1,
  gradient: 2,
  "gradient's graph": 2,
  'second derivative': 3,
  tangent: 4,
};

/** Everything, counted anew. */
export function tally(): Results {
  const byName = new Map<string, Operation>();
  const asked = families.filter((name) => name !== FUZZ).map((name) => tallyFamily(name, byName));
  const programs = recordedPrograms().length;
  return {
    operations: [...byName.values()].sort(([a], [b]) => (a < b ? -1 : 1)),
    families: asked,
    programs: [programs - Object.keys(notCovered(FUZZ)).length, programs],
    kept: kept(),
  };
}

/** Counts the answers of a family, and those to questions about an operation with the operation. */
function tallyFamily(name: string, byName: Map<string, Operation>): Family {
  const { about, operations, answers } = recorded(name);
  const differing = notCovered(name);
  const all: Share = [0, 0];
  for (const [question, parts] of Object.entries(answers)) {
    for (const part of Object.keys(parts)) {
      const agrees = !(`${question} › ${part}` in differing);
      count(all, agrees);
      if (operations[question]) count(operation(byName, operations[question])[COLUMN[part]], agrees);
    }
  }
  return { name, about, share: all };
}

function count(share: Share, agrees: boolean): void {
  share[1]++;
  if (agrees) share[0]++;
}

function operation(byName: Map<string, Operation>, name: string): Operation {
  const known = byName.get(name) ?? [name, [0, 0], [0, 0], [0, 0], [0, 0]];
  byName.set(name, known);
  return known;
}

function kept(): Kept[] {
  const found = new Map<string, Kept>();
  for (const [check, reason] of families.flatMap((family) => Object.entries(notCovered(family)))) {
    if (reason === '') continue;
    const known = found.get(reason);
    if (known) known.count++;
    else found.set(reason, { reason, count: 1, example: check.replace(/ › .*/s, '') });
  }
  return [...found.values()];
}
