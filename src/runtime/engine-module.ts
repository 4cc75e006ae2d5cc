/** What the engine shows to Python: functions by name, of which `op` and `short_op` give more. */
export type EngineBinding = Readonly<Record<string, unknown>>;

type Slot = number | string | boolean | null | undefined;
type Op = (line: number, ...template: Slot[]) => unknown;
type Free = (handles: unknown) => void;
/** How a function of the engine is written down in a snapshot. */
type Reference = { module: true } | { name: string } | { op: number; template: readonly Slot[] };

/**
 * The engine as one interpreter sees it.
 *
 * Python keeps the engine's functions in its memory. A snapshot of that memory cannot hold JavaScript objects, so each
 * is stored by its name and looked up in the new engine when the memory is restored.
 */
export class EngineModule {
  readonly binding: EngineBinding;
  readonly #ops = new Map<unknown, Reference>();
  #retired = false;

  constructor(binding: EngineBinding) {
    this.binding = {
      ...binding,
      op: this.#noted(binding.op as Op),
      short_op: this.#noted(binding.short_op as Op),
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
    const made = this.#ops.get(value);
    if (made !== undefined) return made;
    const name = Object.keys(this.binding).find((key) => this.binding[key] === value);
    if (name !== undefined) return { name };
    throw new Error(`Python's memory holds a JavaScript value that is not the engine's: ${value}`);
  };

  readonly deserialize = (reference: Reference): unknown => {
    if ('module' in reference) return this.binding;
    if ('op' in reference) {
      const { op, template } = reference;
      return template.length === 0
        ? (this.binding.op as Op)(op)
        : (this.binding.short_op as Op)(op, ...template);
    }
    return this.binding[reference.name];
  };

  /** `make`, with a note of how the same function is made in another engine. */
  #noted(make: Op): Op {
    return (op, ...template) => {
      const run = make(op, ...template);
      this.#ops.set(run, { op, template });
      return run;
    };
  }

  #unlessRetired(free: Free): Free {
    return (handles) => {
      if (!this.#retired) free(handles);
    };
  }
}
