// The sum of float32 numbers that lie side by side, in the order that engine/kernels/sum.ts describes: four running sums of
// vectors of eight lanes, on four levels each.

import { SPILL } from './gemm';

const LEVELS: i32 = 4;
/** A round: the terms that the running sums take in at once, and their bytes. */
const TERMS: i32 = 32;
const ROUND: usize = 128;
const V: usize = 16;

export function sum(from: usize, n: i32): f32 {
  const rounds = n / TERMS;
  memory.fill(SPILL, 0, LEVELS * ROUND);
  addRounds(from, rounds);
  for (let level = 1; level < LEVELS; level++) addLevel(SPILL, SPILL + <usize>level * ROUND, ROUND);
  // What does not fill a round: first whole vectors of eight, into the first running sum, …
  let at = from + <usize>rounds * ROUND;
  const end = from + <usize>n * 4;
  for (; at + 2 * V <= end; at += 2 * V) addLevel(SPILL, at, 2 * V);
  // … which then takes in the other three; …
  for (let part: usize = 1; part < 4; part++) addLevel(SPILL, SPILL + part * 2 * V, 2 * V);
  // … then lone numbers, to which the lanes are added.
  let total: f32 = 0;
  for (; at < end; at += 4) total += f32.load(at);
  for (let lane: usize = 0; lane < 8; lane++) total += f32.load(SPILL + lane * 4);
  return total;
}

/** to += from, over so many bytes. */
function addLevel(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += V)
    v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
}

/** Leaves the levels of the running sums at the start of memory. */
function addRounds(from: usize, rounds: i32): void {
  const power = max(4, ceilLog2(rounds) / LEVELS);
  const step = 1 << power;
  let round = 0;
  while (round + step <= rounds) {
    takeIn(from + <usize>round * ROUND, step);
    round += step;
    for (let level = 1; level < LEVELS; level++) {
      const above = SPILL + <usize>level * ROUND;
      addLevel(above, above - ROUND, ROUND);
      memory.fill(above - ROUND, 0, ROUND);
      if ((round & ((step - 1) << (level * power))) !== 0) break;
    }
  }
  takeIn(from + <usize>round * ROUND, rounds - round);
}

function ceilLog2(n: i32): i32 {
  return n <= 1 ? 0 : 32 - clz(n - 1);
}

/** Adds `count` rounds to the lowest level. */
function takeIn(from: usize, count: i32): void {
  let a = v128.load(SPILL);
  let b = v128.load(SPILL, 16);
  let c = v128.load(SPILL, 32);
  let d = v128.load(SPILL, 48);
  let e = v128.load(SPILL, 64);
  let f = v128.load(SPILL, 80);
  let g = v128.load(SPILL, 96);
  let h = v128.load(SPILL, 112);
  for (const end = from + <usize>count * ROUND; from < end; from += ROUND) {
    a = f32x4.add(a, v128.load(from));
    b = f32x4.add(b, v128.load(from, 16));
    c = f32x4.add(c, v128.load(from, 32));
    d = f32x4.add(d, v128.load(from, 48));
    e = f32x4.add(e, v128.load(from, 64));
    f = f32x4.add(f, v128.load(from, 80));
    g = f32x4.add(g, v128.load(from, 96));
    h = f32x4.add(h, v128.load(from, 112));
  }
  v128.store(SPILL, a);
  v128.store(SPILL, b, 16);
  v128.store(SPILL, c, 32);
  v128.store(SPILL, d, 48);
  v128.store(SPILL, e, 64);
  v128.store(SPILL, f, 80);
  v128.store(SPILL, g, 96);
  v128.store(SPILL, h, 112);
}
