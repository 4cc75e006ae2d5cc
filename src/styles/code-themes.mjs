import githubDark from 'shiki/themes/github-dark.mjs';
import githubLight from 'shiki/themes/github-light.mjs';

// GitHub's own colours for comments and parameters are below 4.5:1 on the grounds that we put code on.
const light = { '#6A737D': '#5B636C', '#E36209': '#A84300', '#D73A49': '#BE2738', '#22863A': '#1B6E2F' };
const dark = { '#6A737D': '#939DA8' };

const recoloured = (theme, colours) =>
  JSON.parse(
    Object.entries(colours).reduce(
      (json, [from, to]) => json.replace(new RegExp(from, 'gi'), to),
      JSON.stringify(theme),
    ),
  );

/** The two Shiki themes of every code block, static or live, so that the editor takes over without a change of colour. */
export const codeThemes = { light: recoloured(githubLight, light), dark: recoloured(githubDark, dark) };
