export { add, addScaled, div, mul, sub } from './elementwise';
export { multiply, RESERVED } from './gemm';
export { sum } from './sum';
