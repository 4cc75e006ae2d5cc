import path from 'node:path';

/**
 * Monaco imports its own style sheets. Left alone, Astro would put them, render-blocking, into the head of every
 * page that might load the editor later. This turns each into a string, which the editor adds when it starts.
 */
export default function lazyMonacoCss() {
  const prefix = '\0monaco-css:';
  return {
    name: 'lazy-monaco-css',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      if (!importer?.includes('/monaco-editor/') || !source.endsWith('.css')) return;
      return `${prefix}${path.resolve(path.dirname(importer.split('?')[0]), source)}.js`;
    },
    load(id) {
      if (!id.startsWith(prefix)) return;
      const file = id.slice(prefix.length, -'.js'.length);
      return `import css from ${JSON.stringify(`${file}?inline`)};\n(globalThis.__monacoCss ??= []).push(css);`;
    },
  };
}
