import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { minifySync } from 'vite';
import { CACHE } from '../src/runtime/kept-memory.ts';

const CLIENT = '/src/runtime/client.ts';
const HAS_PROGRAMS = /<dxdx-(run|exercise)\b/;
const INLINE = /<script>([\s\S]*?)<\/script>/;
const HEAD = '<meta charset="utf-8">';

/**
 * Pages with programs begin to start Python before anything else, for readers whose browser keeps its memory.
 *
 * Where that is so, Python is ready soon, and nothing is fetched for it. A script in the page's head, ahead of styles and
 * text, asks the browser and then imports the very chunk that the page's own code will ask for. Its name is known only
 * when the pages have been made.
 */
export default function earlyPython(): AstroIntegration {
  let base = '/';
  let chunk: string | undefined;
  return {
    name: 'early-python',
    hooks: {
      'astro:config:setup': ({ config, updateConfig }) => {
        base = config.base.replace(/\/?$/, '/');
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'early-python',
                generateBundle(_options, bundle) {
                  if (this.environment.name !== 'client') return;
                  chunk = Object.values(bundle).find(
                    (made) => made.type === 'chunk' && made.moduleIds.some((id) => id.endsWith(CLIENT)),
                  )?.fileName;
                },
              },
            ],
          },
        });
      },
      'astro:build:done': ({ dir }) => {
        if (chunk === undefined) throw new Error(`no chunk has ${CLIENT}`);
        const start = `self.caches?.has('${CACHE}').then((kept)=>kept&&import('${base}${chunk}').then((c)=>c.resume()),()=>{});`;
        for (const file of htmlFiles(fileURLToPath(dir))) {
          const page = readFileSync(file, 'utf8');
          if (HAS_PROGRAMS.test(page)) writeFileSync(file, withScript(page, start));
        }
      },
    },
  };
}

/** The page with that script in its head, together with the one that was there: the two as one take least room. */
function withScript(page: string, start: string): string {
  const [there, text] = INLINE.exec(page) ?? ['', ''];
  const { code } = minifySync('early.js', start + text);
  return page.replace(there, '').replace(HEAD, () => `${HEAD}<script>${code}</script>`);
}

const htmlFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(folder, name));
