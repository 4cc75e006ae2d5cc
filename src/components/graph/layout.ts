/** What a node is in autograd's graph; it decides shape and colour. */
export type Role = 'leaf' | 'tensor' | 'function' | 'accumulate';

export interface GraphNode {
  id: string;
  /** The name that PyTorch gives it (`MulBackward0`) or the reader's variable. */
  label: string;
  role: Role;
  /** A second, smaller line: a value, a saved tensor, a gradient. */
  note?: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
  /** `value` goes forward, `gradient` comes back. */
  kind?: 'value' | 'gradient';
}

export interface Box extends GraphNode {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Arrow {
  path: string;
  kind: 'value' | 'gradient';
  label?: { text: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' };
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  arrows: Arrow[];
}

const letterWidth = 8.1;
const noteLetterWidth = 6.6;
const rankGap = { across: 58, down: 46 };
const siblingGap = 22;
const margin = 8;

/** Places nodes in ranks, sources first: from left to right (`across`) or from top to bottom (`down`). */
export function layOut(nodes: GraphNode[], edges: GraphEdge[], direction: 'across' | 'down'): Layout {
  for (const { from, to } of edges) {
    for (const id of [from, to]) {
      if (!nodes.some((node) => node.id === id))
        throw new Error(`<Graph> has an edge to “${id}”, which is no node`);
    }
  }
  const ranks = inRanks(nodes, edges);
  const across = direction === 'across';
  const sized = ranks.map((rank) => rank.map((node) => ({ ...node, x: 0, y: 0, ...sizeOf(node) })));
  const breadth = Math.max(...sized.map((rank) => span(rank, across)));

  let along = margin;
  for (const rank of sized) {
    const depth = Math.max(...rank.map((box) => (across ? box.width : box.height)));
    let cross = margin + (breadth - span(rank, across)) / 2;
    for (const box of rank) {
      box.x = across ? along + (depth - box.width) / 2 : cross;
      box.y = across ? cross : along + (depth - box.height) / 2;
      cross += (across ? box.height : box.width) + siblingGap;
    }
    along += depth + rankGap[direction] + (across ? labelRoom(rank, edges) : 0);
  }
  const boxes = sized.flat();
  const long = Math.max(...boxes.map((box) => (across ? box.x + box.width : box.y + box.height))) + margin;
  const wide = breadth + 2 * margin;
  return {
    width: across ? long : wide,
    height: across ? wide : long,
    boxes,
    arrows: edges.map((edge) => arrow(edge, boxes, across)),
  };
}

/** The graph in words, for those who don't see the picture. */
export function describeGraph(nodes: GraphNode[], edges: GraphEdge[]): string {
  const names: Record<Role, string> = {
    leaf: 'leaf tensor',
    tensor: 'tensor',
    function: 'backward function',
    accumulate: 'gradient accumulator',
  };
  const parts = nodes.map(({ id, label, role, note }) => {
    const out = edges.filter(({ from }) => from === id);
    const targets = out.map(
      ({ to, label: word }) => `${nodes.find((node) => node.id === to)?.label}${word ? ` (${word})` : ''}`,
    );
    const leads = targets.length > 0 ? `, leads to ${targets.join(' and ')}` : '';
    return `${names[role]} ${label}${note ? `, ${note}` : ''}${leads}`;
  });
  return `Graph. ${parts.join('. ')}.`;
}

/** A node's rank is the length of the longest way to it from a source. */
function inRanks(nodes: GraphNode[], edges: GraphEdge[]): GraphNode[][] {
  const rank = new Map(nodes.map(({ id }) => [id, 0]));
  const at = (id: string): number => rank.get(id) ?? 0;
  for (let round = 0; round < nodes.length; round++) {
    for (const { from, to } of edges) rank.set(to, Math.max(at(to), at(from) + 1));
  }
  const deepest = Math.max(...rank.values());
  if (deepest >= nodes.length) throw new Error('<Graph> has a cycle');
  return Array.from({ length: deepest + 1 }, (_, r) => nodes.filter(({ id }) => at(id) === r));
}

function sizeOf({ label, note }: GraphNode): { width: number; height: number } {
  const text = Math.max(label.length * letterWidth, (note?.length ?? 0) * noteLetterWidth);
  return { width: Math.max(52, text + 30), height: note ? 54 : 38 };
}

function span(rank: Box[], across: boolean): number {
  const sizes = rank.map((box) => (across ? box.height : box.width));
  return sizes.reduce((sum, size) => sum + size, 0) + siblingGap * (rank.length - 1);
}

function labelRoom(rank: Box[], edges: GraphEdge[]): number {
  const labels = edges
    .filter(({ from }) => rank.some(({ id }) => id === from))
    .map(({ label = '' }) => label.length);
  const longest = Math.max(0, ...labels);
  return longest === 0 ? 0 : longest * letterWidth + 12;
}

function arrow(edge: GraphEdge, boxes: Box[], across: boolean): Arrow {
  const from = boxes.find(({ id }) => id === edge.from) as Box;
  const to = boxes.find(({ id }) => id === edge.to) as Box;
  const gap = 5;
  const [x1, y1, x2, y2] = across
    ? [from.x + from.width, middle(from).y, to.x - gap, middle(to).y]
    : [middle(from).x, from.y + from.height, middle(to).x, to.y - gap];
  const bend = across ? (x2 - x1) / 2 : (y2 - y1) / 2;
  const path = across
    ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  const at = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
  return {
    path,
    kind: edge.kind ?? 'value',
    label:
      edge.label === undefined ? undefined : { text: edge.label, ...beside(at, across, Math.sign(y2 - y1)) },
  };
}

/** Where a label stands clear of its arrow, whose middle is at a point and which goes up (-1), straight (0) or down (1). */
function beside({ x, y }: { x: number; y: number }, across: boolean, slope: number) {
  if (!across) return { x: x + 10, y: y + 2, anchor: 'start' } as const;
  if (slope === 0) return { x, y: y - 8, anchor: 'middle' } as const;
  return { x: x - 7, y: y + (slope < 0 ? -5 : 14), anchor: 'end' } as const;
}

function middle(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
