/** What the engine shows to Python: functions by name, of which `op(n)` gives more. */
export type EngineBinding = Readonly<Record<string, unknown>>;

type Op = (line: number) => unknown;
type Free = (handles: unknown) => void;
/** How a function of the engine is written down in a snapshot. */
type Reference = { module: true } | { name: string } | { op: number };

/**
 * The engine as one interpreter sees it.
 *
 * Python keeps the engine's functions in its memory. A snapshot of that memory cannot hold JavaScript objects, so each
 * is stored by its name and looked up in the new engine when the memory is restored.
 */
export class EngineModule {
  readonly binding: EngineBinding;
  readonly #ops = new Map<unknown, number>();
  #retired = false;

  constructor(binding: EngineBinding) {
    const op = binding.op as Op;
    this.binding = {
      ...binding,
      op: (line: number) => {
        const run = op(line);
        this.#ops.set(run, line);
        return run;
      },
      free: this.#unlessRetired(binding.free as Free),
      free_one: this.#unlessRetired(binding.free_one as Free),
    };
  }

  /** The interpreter has had its time: what its garbage still wants to free is no longer its own. */
  retire(): void {
    this.#retired = true;
  }

  /** Called for every JavaScript value of ours that Python's memory refers to. */
  readonly serialize = (value: unknown): Reference => {
    if (value === this.binding) return { module: true };
    const op = this.#ops.get(value);
    if (op !== undefined) return { op };
    const name = Object.keys(this.binding).find((key) => this.binding[key] === value);
    if (name !== undefined) return { name };
    throw new Error(`Python's memory holds a JavaScript value that is not the engine's: ${value}`);
  };

  readonly deserialize = (reference: Reference): unknown => {
    if ('module' in reference) return this.binding;
    if ('op' in reference) return (this.binding.op as Op)(reference.op);
    return this.binding[reference.name];
  };

  #unlessRetired(free: Free): Free {
    return (handles) => {
      if (!this.#retired) free(handles);
    };
  }
}
