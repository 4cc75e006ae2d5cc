// Matrix products in float32, four lanes at a time. Compiled to WebAssembly by AssemblyScript: addresses are in bytes,
// strides in elements.
//
// Both factors are first packed so that the innermost loop reads memory in order, whatever their strides were: the left
// one in panels of 4 rows, the right one in panels of 8 columns. That loop then keeps a 4×8 block of the product in
// registers. Every element is summed in single precision in the order of the inner dimension.

const ROWS: i32 = 4;
const COLUMNS: i32 = 8;
/** Bytes of an element, of a vector, of a row of a panel of the right factor. */
const E: usize = 4;
const V: usize = 16;
const PANEL_ROW: usize = 32;

/** At the start of memory is room for what does not fit into registers, here for a block that sticks out of the product. */
export const SPILL: usize = 0;
/** The bytes of that room; the first operand stands behind it. */
export const RESERVED: usize = 512;

/** The product c (m×n, row-major) = a (m×k) · b (k×n); `work` has room for both factors, packed. */
export function multiply(
  c: usize,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  m: i32,
  k: i32,
  n: i32,
  work: usize,
): void {
  const right = work + <usize>(roundUp(m, ROWS) * k) * E;
  pack(work, a, m, k, aRow, aColumn, ROWS);
  pack(right, b, n, k, bColumn, bRow, COLUMNS);
  for (let j = 0; j < n; j += COLUMNS) {
    for (let i = 0; i < m; i += ROWS) {
      const block = c + <usize>(i * n + j) * E;
      const left = work + <usize>(i * k) * E;
      const columns = right + <usize>(j * k) * E;
      if (i + ROWS <= m && j + COLUMNS <= n) {
        multiplyPanels(block, <usize>n * E, left, columns, k);
      } else {
        multiplyPanels(SPILL, PANEL_ROW, left, columns, k);
        copyBlock(block, <usize>n * E, min(ROWS, m - i), min(COLUMNS, n - j));
      }
    }
  }
}

function roundUp(n: i32, unit: i32): i32 {
  return ((n + unit - 1) / unit) * unit;
}

/**
 * Copies `count` lines of `depth` elements into panels of `width` lines each: within a panel, the first elements of all
 * its lines, then the second ones, and so on. The last panel is filled up with zeros.
 */
function pack(
  to: usize,
  from: usize,
  count: i32,
  depth: i32,
  lineStep: i32,
  depthStep: i32,
  width: i32,
): void {
  const group = <usize>width * E;
  for (let first = 0; first < count; first += 4) {
    // Four lines fill one vector of each group; wider panels take several such passes.
    const panel = to + <usize>((first - (first % width)) * depth + (first % width)) * E;
    const lines = from + <usize>(first * lineStep) * E;
    if (count - first >= 4 && lineStep === 1) packSideBySide(panel, group, lines, depth, depthStep);
    else if (count - first >= 4 && depthStep === 1) packTransposed(panel, group, lines, depth, lineStep);
    else packSingly(panel, group, lines, depth, lineStep, depthStep, min(4, count - first));
  }
  if (roundUp(count, width) - roundUp(count, 4) > 0) {
    const panel = to + <usize>((count - (count % width)) * depth + roundUp(count % width, 4)) * E;
    packSingly(panel, group, from, depth, 0, 0, 0);
  }
}

function packSideBySide(to: usize, group: usize, from: usize, depth: i32, depthStep: i32): void {
  for (let p = 0; p < depth; p++) {
    v128.store(to, v128.load(from));
    to += group;
    from += <usize>depthStep * E;
  }
}

function packTransposed(to: usize, group: usize, from: usize, depth: i32, lineStep: i32): void {
  const line = <usize>lineStep * E;
  const whole = depth - (depth % 4);
  for (let p = 0; p < whole; p += 4) {
    const a = v128.load(from);
    const b = v128.load(from + line);
    const c = v128.load(from + 2 * line);
    const d = v128.load(from + 3 * line);
    const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i32>(abLow, cdLow, 0, 1, 4, 5));
    v128.store(to + group, v128.shuffle<i32>(abLow, cdLow, 2, 3, 6, 7));
    v128.store(to + 2 * group, v128.shuffle<i32>(abHigh, cdHigh, 0, 1, 4, 5));
    v128.store(to + 3 * group, v128.shuffle<i32>(abHigh, cdHigh, 2, 3, 6, 7));
    to += 4 * group;
    from += V;
  }
  packSingly(to, group, from, depth - whole, lineStep, 1, 4);
}

function packSingly(
  to: usize,
  group: usize,
  from: usize,
  depth: i32,
  lineStep: i32,
  depthStep: i32,
  lines: i32,
): void {
  for (let p = 0; p < depth; p++) {
    for (let r = 0; r < 4; r++) {
      const element = r < lines ? f32.load(from + <usize>(r * lineStep + p * depthStep) * E) : <f32>0;
      f32.store(to + <usize>r * E, element);
    }
    to += group;
  }
}

/** One block: 4 rows of `left` with 8 columns of `right`, written to rows that are `rowBytes` apart. */
function multiplyPanels(to: usize, rowBytes: usize, left: usize, right: usize, depth: i32): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = left + <usize>depth * V;
  while (left < end) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    const a0 = v128.load32_splat(left);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(left, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(left, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(left, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    left += V;
    right += PANEL_ROW;
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += rowBytes;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += rowBytes;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += rowBytes;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

/** What of the spilled block lies inside the product. */
function copyBlock(to: usize, rowBytes: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(to + <usize>i * rowBytes, SPILL + <usize>i * PANEL_ROW, <usize>columns * E);
  }
}
