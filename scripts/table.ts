const WIDEST = 72;

/** Rows as a table of text, with columns as wide as they need be; a very long text ends in dots. */
export function asTable(rows: readonly string[][]): string {
  const shown = rows.map((row) => row.map((text) => shortened(plain(text))));
  const widths = shown[0].map((_, column) => Math.max(...shown.map((row) => row[column].length)));
  return shown
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Rows as comma-separated values. */
export function asCsv(rows: readonly string[][]): string {
  return rows.map((row) => row.map((text) => csvCell(plain(text))).join(',')).join('\n');
}

/** A spreadsheet takes what begins so for a formula, and what stands here may be somebody else's. */
const FORMULA = /^[=+\-@]/;

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const shortened = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);

/** In one line, and without what a terminal would obey. */
const plain = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');
