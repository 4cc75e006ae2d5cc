// Elementwise functions of float32, four lanes at a time; `n` is rounded up to a whole vector, so operands have room for
// three elements more. A vector lane rounds as a lone number does: the results are those of the plain loops.

const V: usize = 16;

export function add(to: usize, a: usize, b: usize, n: i32): void {
  for (const end = a + <usize>n * 4; a < end; a += V, b += V, to += V) {
    v128.store(to, f32x4.add(v128.load(a), v128.load(b)));
  }
}

export function sub(to: usize, a: usize, b: usize, n: i32): void {
  for (const end = a + <usize>n * 4; a < end; a += V, b += V, to += V) {
    v128.store(to, f32x4.sub(v128.load(a), v128.load(b)));
  }
}

export function mul(to: usize, a: usize, b: usize, n: i32): void {
  for (const end = a + <usize>n * 4; a < end; a += V, b += V, to += V) {
    v128.store(to, f32x4.mul(v128.load(a), v128.load(b)));
  }
}

export function div(to: usize, a: usize, b: usize, n: i32): void {
  for (const end = a + <usize>n * 4; a < end; a += V, b += V, to += V) {
    v128.store(to, f32x4.div(v128.load(a), v128.load(b)));
  }
}

/** a + scale · b, computed in double precision and rounded once, as a fused multiplication and addition would be. */
export function addScaled(to: usize, a: usize, b: usize, n: i32, scale: f64): void {
  const factor = f64x2.splat(scale);
  for (const end = a + <usize>n * 4; a < end; a += 8, b += 8, to += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(a));
    const y = f64x2.promote_low_f32x4(v128.load64_zero(b));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(x, f64x2.mul(factor, y))), 0);
  }
}
