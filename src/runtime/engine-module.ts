import { NativeFunctions, type PythonC } from './native-functions.ts';

/** A function of the engine, whatever it takes. */
type EngineFunction = (...args: never[]) => unknown;
/** What the engine shows to Python: functions by name, of which `op` and `short_op` give more. */
export type EngineBinding = Readonly<Record<string, EngineFunction>>;

type Slot = number | string | boolean | null | undefined;
type Op = (line: number, ...template: Slot[]) => EngineFunction;
/** How a function of the engine is written down in a snapshot. */
type Reference = { name: string } | { op: number; template: readonly Slot[] };
/** The same for all that Python's memory knows of the engine. */
interface Contents {
  functions: readonly Reference[];
  place: number;
}

/**
 * The engine as one interpreter sees it.
 *
 * Python keeps the engine's functions in its memory, by their numbers. A snapshot of that memory cannot hold JavaScript
 * functions, so each is stored by its name and looked up in the new engine when the memory is restored.
 */
export class EngineModule {
  readonly #binding: EngineBinding;
  readonly #ops = new Map<unknown, Reference>();
  /** The module as Python imports it: proxies of Python's own functions. */
  readonly #module: Record<string, unknown> = {};
  #functions: NativeFunctions | null = null;
  #retired = false;

  constructor(binding: EngineBinding) {
    this.#binding = {
      ...binding,
      op: this.#noted(binding.op as Op),
      short_op: this.#noted(binding.short_op as Op),
      free: this.#unlessRetired(binding.free),
      free_one: this.#unlessRetired(binding.free_one),
    };
  }

  /** Meets the interpreter, before it has started. */
  readonly connect = (c: PythonC): void => {
    this.#functions = new NativeFunctions(c);
  };

  /** The JavaScript module to be imported from Python; in a new interpreter only. */
  get module(): Readonly<Record<string, unknown>> {
    for (const [name, run] of Object.entries(this.#binding)) {
      this.#module[name] = this.#connected.builtin(run);
    }
    return this.#module;
  }

  /** The interpreter has had its time: what its garbage still wants to free is no longer its own. */
  retire(): void {
    this.#retired = true;
  }

  /** Called for every JavaScript value of ours that Python's memory refers to: there is but the module. */
  readonly serialize = (value: unknown): Contents => {
    if (value !== this.#module) {
      throw new Error(`Python's memory holds a JavaScript value that is not the engine's: ${value}`);
    }
    const { functions, place } = this.#connected.state;
    return { functions: functions.map((run) => this.#referenceTo(run)), place };
  };

  readonly deserialize = ({ functions, place }: Contents): unknown => {
    this.#connected.restore({ functions: functions.map((reference) => this.#behind(reference)), place });
    return this.#module;
  };

  get #connected(): NativeFunctions {
    if (this.#functions === null) throw new Error('the engine has not been connected with an interpreter');
    return this.#functions;
  }

  #referenceTo(run: EngineFunction): Reference {
    const made = this.#ops.get(run);
    if (made !== undefined) return made;
    const name = Object.keys(this.#binding).find((key) => this.#binding[key] === run);
    if (name !== undefined) return { name };
    throw new Error(`Python's memory holds a function that is not the engine's: ${run}`);
  }

  #behind(reference: Reference): EngineFunction {
    if ('name' in reference) return this.#binding[reference.name];
    const { op, template } = reference;
    return template.length === 0
      ? (this.#binding.op as Op)(op)
      : (this.#binding.short_op as Op)(op, ...template);
  }

  /** `make`, with a note of how the same function is made in another engine. */
  #noted(make: Op): EngineFunction {
    return (op, ...template) => {
      const run = make(op as number, ...(template as Slot[]));
      this.#ops.set(run, { op: op as number, template: template as Slot[] });
      return run;
    };
  }

  #unlessRetired(free: EngineFunction): EngineFunction {
    return (...handles) => {
      if (!this.#retired) free(...handles);
    };
  }
}
