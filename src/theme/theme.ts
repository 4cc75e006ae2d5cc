export type Theme = 'light' | 'dark';

/** Where the reader's choice is kept. ThemeScript.astro reads it before the first paint. */
export const themeKey = 'dxdx:theme';

const dark = () => matchMedia('(prefers-color-scheme: dark)');

export const systemTheme = (): Theme => (dark().matches ? 'dark' : 'light');

/** The theme that the page shows: the reader's choice, or else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : systemTheme();
}

/** Calls back whenever the page turns light or dark, by the toggle or by the system. Returns how to stop that. */
export function onThemeChange(callback: (theme: Theme) => void): () => void {
  const tell = () => callback(currentTheme());
  const system = dark();
  system.addEventListener('change', tell);
  document.addEventListener('dxdx:theme', tell);
  return () => {
    system.removeEventListener('change', tell);
    document.removeEventListener('dxdx:theme', tell);
  };
}
