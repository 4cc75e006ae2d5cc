import { element, heard } from './dom.ts';
import type { Cell, Comparison, Shown } from './report.ts';

/** What was expected beside what came, differing cells marked. */
export function comparisonView({ expected, got, jacobian }: Comparison): HTMLElement {
  return element(
    'div',
    'comparison',
    valueView('Yours', got, jacobian),
    valueView('Expected', expected, jacobian),
  );
}

function valueView(title: string, { about, rows, text }: Shown, jacobian: boolean): HTMLElement {
  const box = element('div', 'comparison-side');
  const caption = [element('b', '', title), ` ${about}`];
  if (rows) {
    const table = element('table', 'cells');
    table.append(element('caption', '', ...caption));
    if (jacobian) table.append(header(rows[0].length));
    table.append(element('tbody', '', ...rows.map((row, i) => rowView(row, i, jacobian))));
    box.append(table);
  } else {
    const value = element('pre', 'value-text', text);
    // It may be scrolled, so it must be reachable by keyboard.
    value.tabIndex = 0;
    box.append(element('p', 'value-about', ...caption), value);
  }
  return box;
}

function header(columns: number): HTMLElement {
  const cells = Array.from({ length: columns }, (_, j) => headerCell('col', `input ${j}`));
  return element('thead', '', element('tr', '', element('td', ''), ...cells));
}

function rowView(row: readonly Cell[], i: number, jacobian: boolean): HTMLElement {
  const cells = row.map(({ text, differs }) => {
    const cell = element('td', differs ? 'differs' : '', text);
    if (differs) cell.append(heard(' (differs)'));
    return cell;
  });
  return element('tr', '', ...(jacobian ? [headerCell('row', `output ${i}`)] : []), ...cells);
}

function headerCell(scope: string, text: string): HTMLElement {
  const cell = element('th', '', text);
  cell.scope = scope;
  return cell;
}
