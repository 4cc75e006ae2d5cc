/** What a browser must have to run programs, by the name a reader is told. */
const NEEDED: Readonly<Record<string, () => boolean>> = {
  WebAssembly: () => typeof WebAssembly.compileStreaming === 'function',
  'sandboxed frames': () =>
    'sandbox' in HTMLIFrameElement.prototype && 'srcdoc' in HTMLIFrameElement.prototype,
  workers: () => typeof Worker === 'function',
  DecompressionStream: () => typeof DecompressionStream === 'function',
  'Promise.withResolvers': () => typeof Promise.withResolvers === 'function',
};

/** What this browser lacks of it; undefined when it has all. */
export function missingFeature(): string | undefined {
  return Object.keys(NEEDED).find((name) => {
    try {
      return !NEEDED[name]();
    } catch {
      return true; // not even its name is known
    }
  });
}
