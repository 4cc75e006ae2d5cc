import type { Node } from '../autograd/node.ts';
import type { SavedTensor } from '../autograd/saved_tensor.ts';
import type { Tensor } from '../tensor.ts';

type Held = Tensor | Node | SavedTensor;

// Python holds no JavaScript object, only its number: a handle. 0 stands for None.

let objects: (Held | undefined)[] = [undefined];
let freed: number[] = [];

/** The handle of an object: always the same one as long as Python holds it. */
export function handleOf(object: Held | null): number {
  if (object === null) return 0;
  if (object.handle === 0) {
    object.handle = freed.pop() ?? objects.length;
    objects[object.handle] = object;
  }
  return object.handle;
}

export const tensorOf = (handle: unknown): Tensor => objects[handle as number] as Tensor;
export const nodeOf = (handle: unknown): Node => objects[handle as number] as Node;
export const savedTensorOf = (handle: unknown): SavedTensor => objects[handle as number] as SavedTensor;
export const tensorOrNull = (handle: unknown): Tensor | null => (handle === 0 ? null : tensorOf(handle));

/** Python has let go of an object. */
export function freeHandle(handle: number): void {
  const object = objects[handle];
  if (object === undefined) return;
  object.handle = 0;
  objects[handle] = undefined;
  freed.push(handle);
}

/** What Python holds now; an entry is missing where it has let go. */
export const heldObjects = (): readonly (Held | undefined)[] => objects;

export const heldCount = (): number => objects.length - 1 - freed.length;

export function resetHandles(): void {
  objects = [undefined];
  freed = [];
}
