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
