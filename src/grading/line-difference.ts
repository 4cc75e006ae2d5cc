/** The lines of two programs that are not in the other, in its order, as indices; spaces at their ends don't count. */
export function differingLines(one: string, other: string): [number[], number[]] {
  const a = linesOf(one);
  const b = linesOf(other);
  const common = commonLengths(a, b);
  const onlyA: number[] = [];
  const onlyB: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) onlyA.push(i++);
    else onlyB.push(j++);
  }
  const said = (lines: readonly string[], places: number[]) => places.filter((place) => lines[place] !== '');
  return [said(a, onlyA), said(b, onlyB)];
}

const linesOf = (program: string): string[] => program.split('\n').map((line) => line.trimEnd());

/** How many lines the rest of one from `i` on, and that of the other from `j` on, have in common in the same order. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] =
        a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}
