import { element, heard } from './dom.ts';
import type { Cell, Comparison, Shown, Table } from './report.ts';

/** What was expected beside what came, differing cells marked. */
export function comparisonView({ expected, got }: Comparison): HTMLElement {
  return element('div', 'comparison', valueView('Yours', got), valueView('Expected', expected));
}

function valueView(title: string, { about, table, text }: Shown): HTMLElement {
  const caption = [element('b', '', title), ` ${about}`];
  if (table) return element('div', 'comparison-side', tableView(table, element('caption', '', ...caption)));
  const value = element('pre', 'value-text', text);
  // It may be scrolled, so it must be reachable by keyboard.
  value.tabIndex = 0;
  return element('div', 'comparison-side', element('p', 'value-about', ...caption), value);
}

function tableView({ columns, rows }: Table, caption: HTMLElement): HTMLElement {
  const body = rows.map(({ name, cells }) =>
    element('tr', '', ...(name ? [headerCell('row', name)] : []), ...cells.map(cellView)),
  );
  const table = element('table', 'cells', caption);
  if (columns) {
    const names = columns.map((name) => headerCell('col', name));
    table.append(element('thead', '', element('tr', '', element('td', ''), ...names)));
  }
  table.append(element('tbody', '', ...body));
  return table;
}

function cellView({ text, differs }: Cell): HTMLElement {
  const cell = element('td', differs ? 'differs' : '', text);
  if (differs) cell.append(heard(' (differs)'));
  return cell;
}

function headerCell(scope: string, text: string): HTMLElement {
  const cell = element('th', '', text);
  cell.scope = scope;
  return cell;
}
