import { Node } from './autograd/node.ts';
import { SavedTensor } from './autograd/saved_tensor.ts';
import { type Storage, TENSOR_OVERHEAD, Tensor } from './tensor.ts';

/**
 * The bytes of all that can be reached from `roots`: their storages, those of their gradients, and the nodes of their
 * graphs with what these have saved. JavaScript doesn't say how much is alive, so this walks and adds up.
 */
export function reachableBytes(roots: Iterable<Tensor | Node | SavedTensor | undefined>): number {
  const storages = new Set<Storage>();
  const nodes = new Set<Node>();
  const queue: Node[] = [];
  const visitNode = (node: Node | null | undefined): void => {
    if (!node || nodes.has(node)) return;
    nodes.add(node);
    queue.push(node);
  };
  const visit = (object: unknown): void => {
    if (object instanceof Tensor) {
      // One example of a batch has no memory of its own.
      if (object.wrapped !== null) visit(object.wrapped.value);
      else storages.add(object.storage);
      if (object.grad !== null && object.grad.wrapped === null) storages.add(object.grad.storage);
      visitNode(object.recordedFn);
    } else if (object instanceof SavedTensor) visit(object.peek());
  };
  for (const root of roots) {
    if (root instanceof Node) visitNode(root);
    else visit(root);
  }
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of node.edges) visitNode(edge?.node);
    for (const saved of node.keptTensors) visit(saved);
  }
  let bytes = nodes.size * TENSOR_OVERHEAD;
  for (const { data } of storages) bytes += data.byteLength;
  return bytes;
}
