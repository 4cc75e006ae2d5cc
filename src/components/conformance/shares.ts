import type { Operation, Results, Share } from '../../../engine/conformance/tally.ts';

const number = new Intl.NumberFormat('en');

/** What is asked of an operation, in the columns' order. */
export const COLUMNS = ['Result', 'Gradient', 'Second derivative', 'Forward mode'] as const;

/** The shares of an operation, in the columns' order. */
export const sharesOf = ([, ...shares]: Operation): Share[] => shares;

export function sum(shares: Share[]): Share {
  return shares.reduce(([agree, total], [a, t]) => [agree + a, total + t], [0, 0]);
}

/** “12 of 15”. */
export const inWords = ([agree, total]: Share): string =>
  `${number.format(agree)} of ${number.format(total)}`;

/** Percents, rounded down: 100% is all. */
export const percent = ([agree, total]: Share): string =>
  total === 0 ? '–' : `${Math.floor((1000 * agree) / total) / 10}%`;

export const isWhole = ([agree, total]: Share): boolean => agree === total;

/** Stretches of the alphabet with about as many operations each. */
export function stretches({ operations }: Results, size = 40): { title: string; operations: Operation[] }[] {
  const letters = Map.groupBy(operations, ([name]) => initial(name));
  const found: Operation[][] = [[]];
  for (const ofLetter of letters.values()) {
    const last = found[found.length - 1];
    if (last.length > 0 && last.length + ofLetter.length > size) found.push(ofLetter);
    else last.push(...ofLetter);
  }
  return found.map((all) => {
    const [first, last] = [initial(all[0][0]), initial(all[all.length - 1][0])];
    return { title: first === last ? first : `${first} to ${last}`, operations: all };
  });
}

function initial(name: string): string {
  return /[a-z]/i.test(name[0]) ? name[0].toLowerCase() : name[0];
}
