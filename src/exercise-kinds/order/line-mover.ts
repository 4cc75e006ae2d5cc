import { element } from '../../grading/dom.ts';
import type { Control } from '../kind.ts';
import { linesOf, programOf } from './lines.ts';

/** Lines in a list, each with buttons that move it; the arrow keys do the same. Says aloud where a line has gone. */
export class LineMover implements Control {
  readonly #place: HTMLElement;
  readonly #changed: () => void;
  readonly #used: HTMLElement;
  readonly #unused: HTMLElement;

  constructor(place: HTMLElement, changed: () => void) {
    this.#place = place;
    this.#changed = changed;
    this.#used = this.#part('.lines-used');
    this.#unused = this.#part('.lines-unused');
    for (const line of this.#lines(this.#used)) line.append(this.#buttonsFor(line));
    this.#refresh();
  }

  answer(): string {
    return programOf(this.#frame(), this.#lines(this.#used).map(textOf));
  }

  put(answer: string): void {
    const all = [...this.#lines(this.#used), ...this.#lines(this.#unused)];
    const chosen = linesOf(answer, { ...this.#frame(), lines: all.map(textOf) });
    if (chosen === undefined) return;
    const left = [...all];
    for (const text of chosen) {
      const [line] = left.splice(
        left.findIndex((each) => textOf(each) === text),
        1,
      );
      this.#used.append(line);
    }
    this.#unused.append(...left);
    this.#refresh();
  }

  #frame(): { head: string; tail: string } {
    const { head = '', tail = '' } = this.#part('.order').dataset;
    return { head, tail };
  }

  #buttonsFor(line: HTMLElement): HTMLElement {
    const moves: Record<string, () => void> = {
      up: () => this.#move(line, -1),
      down: () => this.#move(line, 1),
      away: () => this.#takeAway(line),
    };
    const buttons = Object.entries(moves).map(([name, move]) => {
      const button = element('button', 'line-button');
      button.type = 'button';
      button.dataset.move = name;
      button.addEventListener('click', () => {
        move();
        button.focus(); // it has left its place with the line
      });
      return button;
    });
    line.addEventListener('keydown', (event) => {
      const button = event.target instanceof HTMLElement ? event.target.closest('button') : null;
      const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!button || direction === undefined || line.parentElement !== this.#used) return;
      event.preventDefault();
      this.#move(line, direction);
      button.focus();
    });
    return element('span', 'line-buttons', ...buttons);
  }

  #move(line: HTMLElement, direction: number): void {
    const lines = this.#lines(this.#used);
    const at = lines.indexOf(line);
    const neighbour = lines[at + direction];
    if (!neighbour) return;
    if (direction < 0) neighbour.before(line);
    else neighbour.after(line);
    this.#tell(line, `Line ${at + direction + 1} of ${lines.length}`);
  }

  #takeAway(line: HTMLElement): void {
    const isUsed = line.parentElement === this.#used;
    (isUsed ? this.#unused : this.#used).append(line);
    this.#tell(line, isUsed ? 'Left out' : `Line ${this.#lines(this.#used).length}, the last`);
  }

  #tell(line: HTMLElement, where: string): void {
    this.#refresh();
    this.#part('.order-news').textContent = `${where}: ${textOf(line).trim()}`;
    this.#changed();
  }

  /** Names for the buttons, which depend on where their line is. */
  #refresh(): void {
    for (const list of [this.#used, this.#unused]) {
      const lines = this.#lines(list);
      const isUsed = list === this.#used;
      lines.forEach((line, i) => {
        const words = textOf(line).trim();
        const names = { up: 'Move up', down: 'Move down', away: isUsed ? 'Leave out' : 'Put back' };
        for (const button of line.querySelectorAll<HTMLButtonElement>('button')) {
          const move = button.dataset.move as keyof typeof names;
          button.ariaLabel = `${names[move]}: ${words}`;
          button.title = names[move];
          button.hidden = !isUsed && move !== 'away';
          // Not disabled: a button that has the focus would lose it.
          button.ariaDisabled = `${(move === 'up' && i === 0) || (move === 'down' && i === lines.length - 1)}`;
        }
      });
    }
    this.#part('.order-nothing').hidden = this.#lines(this.#unused).length > 0;
  }

  #lines(list: HTMLElement): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('li')];
  }

  #part(selector: string): HTMLElement {
    const found = this.#place.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`an exercise in order without ${selector}`);
    return found;
  }
}

const textOf = (line: HTMLElement): string => line.dataset.line ?? '';
