import { resetModes } from './autograd/modes.ts';
import { resetSequence } from './autograd/node.ts';
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
      if (bytes > MOST_MEMORY) outOfMemory(bytes);
    };
  },
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
  resetAddresses();
  defaults.float = float32;
  warnings.emit = () => {};
  memoryPressure.relieve = () => {};
  memoryPressure.taken = 0;
  resetGenerators();
  resetModes();
  resetLevels();
  resetForwardMode();
  resetSequence();
}
