import type { Node } from './node.ts';

/**
 * Nodes whose gradients are complete, the last recorded on top: a binary heap, which sinks its last node in the steps of
 * C++'s `std::pop_heap`, so that leaves, which all come first, follow each other as they do in PyTorch.
 */
export class ReadyQueue {
  readonly #heap: Node[] = [];

  push(node: Node): void {
    this.#rise(this.#heap.push(node) - 1, node);
  }

  pop(): Node | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return top;
    // A gap sinks to the bottom, along the greater child and the right one of two alike; the last node rises into it.
    let gap = 0;
    for (let right = 2; right < heap.length; right = 2 * gap + 2) {
      const child = heap[right].sequence < heap[right - 1].sequence ? right - 1 : right;
      heap[gap] = heap[child];
      gap = child;
    }
    const only = 2 * gap + 1;
    if (only === heap.length - 1) {
      heap[gap] = heap[only];
      gap = only;
    }
    this.#rise(gap, last);
    return top;
  }

  #rise(from: number, node: Node): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].sequence >= node.sequence) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = node;
  }
}
