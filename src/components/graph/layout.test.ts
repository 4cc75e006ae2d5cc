import { expect, test } from 'vitest';
import { describeGraph, type GraphEdge, type GraphNode, layOut } from './layout.ts';

const nodes: GraphNode[] = [
  { id: 'x', label: 'x', role: 'leaf', note: 'value 3' },
  { id: 'mul', label: 'MulBackward0', role: 'function' },
  { id: 'y', label: 'y', role: 'tensor' },
];
const edges: GraphEdge[] = [
  { from: 'x', to: 'mul', label: 'twice' },
  { from: 'mul', to: 'y' },
  { from: 'x', to: 'y' },
];

test('a node stands after everything that leads to it', () => {
  const across = layOut(nodes, edges, 'across').boxes;
  expect(across.map(({ id }) => id)).toEqual(['x', 'mul', 'y']);
  expect(across[0].x + across[0].width).toBeLessThan(across[1].x);
  expect(across[1].x + across[1].width).toBeLessThan(across[2].x);
  const down = layOut(nodes, edges, 'down').boxes;
  expect(down[0].y + down[0].height).toBeLessThan(down[1].y);
  expect(down[1].y + down[1].height).toBeLessThan(down[2].y);
});

test('nothing is drawn outside the picture', () => {
  for (const direction of ['across', 'down'] as const) {
    const { width, height, boxes } = layOut(nodes, edges, direction);
    for (const box of boxes) {
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
  }
});

test('the words say what the picture shows', () => {
  expect(describeGraph(nodes, edges)).toBe(
    'Graph. leaf tensor x, value 3, leads to MulBackward0 (twice) and y. backward function MulBackward0, leads to y. tensor y.',
  );
});

test('an edge to nowhere and a cycle are refused', () => {
  expect(() => layOut(nodes, [{ from: 'x', to: 'z' }], 'across')).toThrow('“z”');
  expect(() => layOut(nodes, [...edges, { from: 'y', to: 'x' }], 'across')).toThrow('cycle');
});
