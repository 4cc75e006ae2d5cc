declare module 'virtual:python-memory' {
  /** Where Python's memory with `torch` imported is found, compressed; undefined in development. */
  export const memoryURL: string | undefined;
  /** How much there is to load of it. */
  export const memoryBytes: number;
}
