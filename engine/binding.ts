import { resetModes } from './autograd/modes.ts';
import { anomaly, resetSequence } from './autograd/node.ts';
import { autograd } from './binding/autograd.ts';
import { callbacks, resetCallbacks } from './binding/callbacks.ts';
import { customFunctions } from './binding/custom_functions.ts';
import { generators } from './binding/generators.ts';
import { heldObjects, resetHandles } from './binding/handles.ts';
import { operations } from './binding/operations.ts';
import { outcome, resetOutcome } from './binding/outcome.ts';
import { resetSavedTensors, savedTensors } from './binding/saved_tensors.ts';
import { resetAddresses, tensors } from './binding/tensors.ts';
import { transforms } from './binding/transforms.ts';
import { defaults, dtypeOfCode, float32 } from './dtype.ts';
import { warnings } from './errors.ts';
import { reachableBytes } from './memory.ts';
import { resetGenerators } from './random/generators.ts';
import { memoryPressure, outOfMemory } from './tensor.ts';
import { resetForwardMode } from './transforms/forward_mode.ts';
import { resetLevels } from './transforms/levels.ts';

// The face the engine shows to Python. Every object crosses as a positive integer, its handle; every other argument as
// a plain number, string, boolean or null. A function that can fail answers with a negative number when it does;
// `take_error` then tells what PyTorch would raise. See the `torch` package's `_C.py` for the other side.

/** What all tensors of a program may hold together, in bytes. */
const MOST_MEMORY = 2 ** 30;

/** How much may be taken before Python is asked to let go, in bytes. */
const LEAST_PRESSURE = 2 ** 26;
const MOST_PRESSURE = 2 ** 28;

const settings = {
  default_dtype: () => defaults.float.code,
  set_default_dtype: (code: number) => {
    defaults.float = dtypeOfCode(code);
  },

  /** `callback` is called whenever much memory has been taken since the last call: Python frees dead handles. */
  set_pressure_callback: (callback: () => void) => {
    memoryPressure.relieve = () => {
      callback();
      const bytes = reachableBytes(heldObjects());
      // Much that is alive takes long to walk through, so it is done less often.
      memoryPressure.allowed = Math.min(Math.max(LEAST_PRESSURE, bytes / 2), MOST_PRESSURE);
      if (bytes > MOST_MEMORY) outOfMemory(bytes);
    };
  },
  /** How much memory is held by what Python holds: for those who watch it. */
  reachable_bytes: () => reachableBytes(heldObjects()),
  set_warning_callback: (callback: (text: string, category: string) => void) => {
    warnings.emit = callback;
  },
  reset,
};

/** Everything that Python may call, as one JavaScript module. */
export function createBinding() {
  reset();
  return {
    ...operations,
    ...outcome,
    ...tensors,
    ...transforms,
    ...autograd,
    ...callbacks,
    ...customFunctions,
    ...generators,
    ...savedTensors,
    ...settings,
  };
}

/** A fresh world: no objects, default modes, a seed of its own. */
function reset(): void {
  resetHandles();
  resetOutcome();
  resetCallbacks();
  resetSavedTensors();
  anomaly.trace = null;
  resetAddresses();
  defaults.float = float32;
  warnings.emit = () => {};
  memoryPressure.relieve = () => {};
  memoryPressure.taken = 0;
  memoryPressure.allowed = LEAST_PRESSURE;
  resetGenerators();
  resetModes();
  resetLevels();
  resetForwardMode();
  resetSequence();
}
