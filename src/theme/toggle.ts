import { currentTheme, systemTheme, themeKey } from './theme.ts';

/** The button in the header. Choosing what the system would show anyway goes back to following the system. */
class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => this.#toggle());
  }

  #toggle(): void {
    const next = currentTheme() === 'dark' ? 'light' : 'dark';
    const root = document.documentElement;
    root.dataset.theme = next;
    try {
      if (next === systemTheme()) localStorage.removeItem(themeKey);
      else localStorage.setItem(themeKey, next);
    } catch {
      // Storage is blocked: the choice holds until the next page load.
    }
    document.dispatchEvent(new CustomEvent('dxdx:theme'));
  }
}

customElements.define('dxdx-theme-toggle', ThemeToggle);
