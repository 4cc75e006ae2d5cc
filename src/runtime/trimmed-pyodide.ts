// Pyodide's two large files without what is of no use here, which is most of what it does when it starts.
//
// Pyodide is linked so that libraries can be loaded into it: it exports all 8,500 of its symbols, enters each into
// tables whenever it starts, and has JavaScript ready for whatever a library may call, such as all of OpenGL. Here no
// library is ever loaded. So of its symbols those stay that its own JavaScript names, and of its JavaScript what its
// own WebAssembly imports, and what either leads to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseSync } from 'vite';
import { POINTERS } from './pyodide-start.ts';

export interface TrimmedPyodide {
  /** `pyodide.asm.mjs`: Emscripten's JavaScript. */
  script: string;
  /** `pyodide.asm.wasm`: Python. */
  wasm: Uint8Array<ArrayBuffer>;
}

const require = createRequire(import.meta.url);
const read = (file: string): Buffer => readFileSync(require.resolve(`pyodide/${file}`));

export function trimmedPyodide(): TrimmedPyodide {
  const wasm = new Uint8Array(read('pyodide.asm.wasm'));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
  const ours = TAKERS.map((file) => readFileSync(new URL(file, import.meta.url)).toString()).join('\n');
  const { script, isUsed } = trimmedScript(
    read('pyodide.asm.mjs').toString(),
    new Set(imports.filter(({ module }) => module !== POINTERS).map(({ name }) => name)),
    read('pyodide.mjs').toString(),
    ours,
  );
  return { script, wasm: withExports(wasm, isUsed) };
}

/** Where Emscripten declares a variable for each export, assigns the exports to them, and lists what it provides. */
const SYMBOLS =
  /var ((?:[\w$]+,)+wasmTable,wasmMemory);function assignWasmExports\(wasmExports\)\{([^}]*)\}var wasmImports=\{([^}]*)\}/;
/** `_PyX=Module["_PyX"]=wasmExports["PyX"].value>>>0` */
const ASSIGNMENT = /^([\w$]+)=.*wasmExports\["([\w$]+)"\](\.value>>>0)?$/;
/** `Module["LZ4"]=LZ4;`, which offers a part of Emscripten to whoever may want it. */
const OFFER = /(?<=[;}])Module\["([\w$]+)"\]=\1;/g;
/** Statements that set up what draws and plays sounds. */
const STAGE =
  /(?<=[;}])(Module\["\w+"\]=(MainLoop\.)?\w*(MainLoop|AnimationFrame|requestFullscreen|pause|resume)|MainLoop\.init\(\)|registerPostMainLoop\(\(\)=>SDL[^;]*\));/g;
/** Our own files that take something of the module. */
const TAKERS = ['./native-functions.ts', './pyodide-start.ts', './snapshot.ts'];
/** Whatever is taken of the module, by its own name or by one that a minifier gave it. */
const TAKEN = /\b(?:Module|_module|\w)\??\.([\w$]+)|\bModule\["([\w$]+)"\]/g;

function trimmedScript(original: string, imported: ReadonlySet<string>, loader: string, ours: string) {
  const unoffered = original.replaceAll(OFFER, '').replaceAll(STAGE, '') + loader;
  const taken = new Set(ours.match(/\w+/g));
  for (const [, property, key] of unoffered.matchAll(TAKEN)) taken.add(property ?? key);
  const script = original
    .replaceAll(OFFER, (text, name) => (taken.has(name) ? text : ''))
    .replaceAll(STAGE, '');
  const [found, declared, assigned, provided] = SYMBOLS.exec(script) ?? [];
  if (found === undefined) throw new Error("Pyodide's script is not laid out as it was");
  const [before, after] = script.split(found);
  const kept = provided.split(',').filter((entry) => imported.has(entry.split(':')[0]));
  const words = new Set(`${before} ${kept} ${after} ${loader} ${ours}`.match(/[\w$]+/g));
  const isUsed = (symbol: string) => words.has(symbol) || words.has(`_${symbol}`);

  const assignments = assigned.split(';').filter((statement) => {
    const symbol = ASSIGNMENT.exec(statement)?.[2];
    if (symbol === undefined) throw new Error(`Pyodide assigns its exports in another way: ${statement}`);
    return isUsed(symbol);
  });
  const variables = new Set(assignments.map((statement) => statement.split('=')[0]));
  const declarations = declared.split(',').filter((name) => variables.has(name) || words.has(name));
  const symbols = `var ${declarations};function assignWasmExports(wasmExports){${assignments.join(';')}}`;
  return { script: reachable(`${before}${symbols}var wasmImports={${kept}}${after}`), isUsed };
}

interface Node {
  type: string;
  start: number;
  end: number;
}

/** Leaves out what nothing leads to of the functions and variables in Emscripten's one large function. */
function reachable(script: string): string {
  const [create] = parseSync('pyodide.asm.mjs', script).program.body as unknown as {
    body: { body: Node[] };
  }[];
  const statements = create.body.body;
  const about = new Map<string, Node[]>();
  const toVisit: Node[] = [];
  for (const statement of statements) {
    const names = subjects(statement);
    if (names.length === 0) toVisit.push(statement);
    for (const name of names) about.set(name, [...(about.get(name) ?? []), statement]);
  }
  const reached = new Set(toVisit);
  for (let node = toVisit.pop(); node; node = toVisit.pop())
    for (const name of identifiers(node))
      for (const statement of about.get(name) ?? []) {
        if (!reached.has(statement)) toVisit.push(statement);
        reached.add(statement);
      }
  const [first, last] = [statements[0].start, statements[statements.length - 1].end];
  const kept = statements.filter((statement) => reached.has(statement));
  const body = kept.map(({ start, end }) => script.slice(start, end)).join(';');
  return script.slice(0, first) + body + script.slice(last);
}

/** What a statement declares, or describes by `_proc_exit.sig="vi"`; nothing if it does something. */
function subjects(statement: Node): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: the tree's types have a hundred kinds of nodes
  const { type, id, declarations, expression } = statement as any;
  if (type === 'FunctionDeclaration' || type === 'ClassDeclaration') return [id.name];
  if (type === 'VariableDeclaration')
    return declarations.flatMap((declaration: { id: Node }) => identifiers(declaration.id));
  return expression?.left?.property?.name === 'sig' ? [expression.left.object.name] : [];
}

function identifiers(node: Node): string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && value.type === 'Identifier' && 'name' in value) names.add(String(value.name));
    for (const part of Object.values(value)) visit(part);
  };
  visit(node);
  return [...names];
}

const EXPORT_SECTION = 7;

/** The WebAssembly with those of its exports only: its other sections stay as they are. */
function withExports(wasm: Uint8Array, isUsed: (name: string) => boolean): Uint8Array<ArrayBuffer> {
  const header = wasm.subarray(0, 8);
  const pieces: Uint8Array[] = [header];
  const reader = new Reader(wasm, header.length);
  while (!reader.isAtEnd) {
    const from = reader.at;
    const section = reader.byte();
    const to = reader.number() + reader.at;
    if (section !== EXPORT_SECTION) {
      pieces.push(wasm.subarray(from, to));
    } else {
      const kept: Uint8Array[] = [];
      for (let left = reader.number(); left > 0; left--) {
        const start = reader.at;
        const name = reader.text();
        reader.byte(); // whether it is a function, a table, a memory, a global or a tag
        reader.number(); // which one
        if (isUsed(name)) kept.push(wasm.subarray(start, reader.at));
      }
      const contents = Buffer.concat([encoded(kept.length), ...kept]);
      pieces.push(Uint8Array.of(EXPORT_SECTION), encoded(contents.length), contents);
    }
    reader.at = to;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Reads WebAssembly's binary format. */
class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.at++];
  }

  /** In groups of seven bits, the lowest first (LEB128). */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  text(): string {
    const length = this.number();
    const text = new TextDecoder().decode(this.#bytes.subarray(this.at, this.at + length));
    this.at += length;
    return text;
  }
}

function encoded(number: number): Uint8Array {
  const bytes: number[] = [];
  do {
    bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>>= 7;
  } while (number > 0);
  return Uint8Array.from(bytes);
}
