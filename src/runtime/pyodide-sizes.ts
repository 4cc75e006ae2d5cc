// How long Pyodide's large files are. A server that compresses them tells only how much it sends.

export const WASM_BYTES = 9_598_218;
export const STDLIB_BYTES = 2_545_637;
