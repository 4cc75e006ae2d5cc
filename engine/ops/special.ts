import { bool, INTEGER, isFloating, type Scalar, scalar } from '../dtype.ts';
import { fail } from '../errors.ts';
import { cast, floatingType, mapBinary, mapUnary, resultType } from '../kernels/elementwise.ts';
import { full, type Tensor, wrappedNumber } from '../tensor.ts';
import {
  add,
  addScalar,
  asTensor,
  binaryMap,
  commonType,
  div,
  divScalar,
  mul,
  mulScalar,
  neg,
  sub,
  subScalar,
} from './arithmetic.ts';
import { i0eOf, i0Of, i1eOf, i1Of } from './bessel.ts';
import { maskedFill, where } from './choose.ts';
import { gt } from './compare.ts';
import { zetaOf } from './gamma_functions.ts';
import { igammacOf, igammaOf } from './incomplete_gamma.ts';
import { type Binary, op, register, type Unary } from './op.ts';
import { raise } from './scalar_power.ts';
import { erfcxOf, logNdtrOf, ndtriOf } from './special_functions.ts';
import { abs, erf, exp, lgamma, log, reciprocal, roundDecimals, sgn } from './unary.ts';

// The functions of `torch.special` and their kin.

const TWO = scalar(2, 2);
const ONE = scalar(1, 2);

interface Saved {
  self: Tensor;
  result: Tensor;
}

/** A function of one number with fractional results. */
const ofOne = (
  signature: string,
  node: string,
  f: (x: number) => number,
  backward: (grad: Tensor, saved: Saved) => Tensor,
  kept: 'both' | 'self' | 'result' = 'both',
  unbatched?: string,
): Unary =>
  op(`${signature}(Tensor input) -> Tensor`, {
    node,
    unbatched,
    batch: unbatched === undefined ? undefined : 'elementwise',
    forward: (self: Tensor) => {
      const dtype = floatingType(self.dtype);
      return mapUnary(cast(self, dtype), dtype, f);
    },
    save: ({ args: [self], result }): Saved =>
      ({
        ...(kept !== 'result' && { self }),
        ...(kept !== 'self' && { result }),
      }) as Saved,
    backward,
    forwardMode: 'elementwise',
  });

const times = (x: Tensor, factor: number): Tensor => mulScalar(x, scalar(factor));

export const i0 = ofOne('fm i0', 'I0Backward0', i0Of, (g, { self }) => mul(g, i1(self)), 'self');
const i0e = ofOne('f special.i0e', 'SpecialI0EBackward0', i0eOf, (g, { self, result }) =>
  mul(g, sub(i1e(self), mul(sgn(self), result))),
);
/** Nearer to 0 than this, I₁(x)/x is 1/2. */
const awayFromZero = (x: Tensor): Tensor => gt(abs(x), asTensor(x.dtype.bytes === 4 ? 2 ** -23 : 2 ** -52));
/** The same numbers, those near 0 replaced, so that nothing infinite stands beside them in second derivatives. */
const atSafeDistance = (x: Tensor): Tensor =>
  where(awayFromZero(x), x, full([], x.dtype.bytes === 4 ? 2 ** -23 : 2 ** -52, x.dtype));
const i1: Unary = ofOne('f special.i1', 'SpecialI1Backward0', i1Of, (g, { self, result }) => {
  const safe = atSafeDistance(self);
  const slope = sub(i0(safe), mul(result, reciprocal(safe)));
  return mul(g, where(awayFromZero(self), slope, asTensor(0.5)));
});
const i1e: Unary = ofOne('f special.i1e', 'SpecialI1EBackward0', i1eOf, (g, { self, result }) => {
  const safe = atSafeDistance(self);
  const slope = sub(i0e(safe), mul(result, add(sgn(safe), reciprocal(safe))));
  return mul(g, where(awayFromZero(self), slope, asTensor(0.5)));
});

/** -x log x, and -∞ below 0. */
const entropy = (x: number): number =>
  x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.isNaN(x) ? x : Number.NEGATIVE_INFINITY;
ofOne(
  'f special.entr',
  'SpecialEntrBackward0',
  entropy,
  (g, { self }) => mul(g, neg(addScalar(log(self), ONE))),
  'self',
);

ofOne('f special.erfcx', 'SpecialErfcxBackward0', erfcxOf, (g, { self, result }) =>
  mul(subScalar(mul(times(self, 2), result), scalar(2 / Math.sqrt(Math.PI))), g),
);

register('f special.round(Tensor input, *, int decimals=0) -> Tensor', roundDecimals);

// The normal distribution function Φ, its logarithm and its inverse.
const ROOT = Math.sqrt(2 * Math.PI);
register('f special.ndtr(Tensor input) -> Tensor', (self: Tensor) =>
  times(addScalar(erf(times(self, Math.SQRT1_2)), ONE), 0.5),
);
ofOne(
  'f special.log_ndtr',
  'SpecialLogNdtrBackward0',
  logNdtrOf,
  (g, { self, result }) =>
    mul(divScalar(g, scalar(ROOT)), exp(neg(add(result, divScalar(raise(self, 2), TWO))))),
  'both',
  'special_log_ndtr',
);
ofOne(
  'f special.ndtri',
  'SpecialNdtriBackward0',
  ndtriOf,
  (g, { result }) => mul(times(g, ROOT), exp(divScalar(raise(result, 2), TWO))),
  'result',
);

type Pairing = (x: number, y: number) => number;
type NumberOrTensor = Tensor | Scalar;
const asOperand = (x: NumberOrTensor): Tensor => ('value' in x ? wrappedNumber(x.value, x.category) : x);

/** An operation on two numbers, of which either may be a Python number: PyTorch numbers its nodes by which one is. */
function ofTwo(
  signature: string,
  node: string,
  f: Pairing,
  backward: (
    grad: Tensor,
    saved: { self: Tensor; other: Tensor },
    needs: readonly boolean[],
  ) => (Tensor | null)[],
  forwardMode: 'elementwise' | { readonly refused: string } = 'elementwise',
): Binary {
  const forward = (self: NumberOrTensor, other: NumberOrTensor): Tensor => {
    const [a, b] = [asOperand(self), asOperand(other)];
    return binaryMap(a, b, floatingType(resultType(a, b)), f);
  };
  const rule = {
    inputs: (self: NumberOrTensor, other: NumberOrTensor) =>
      [self, other].map((x) => ('value' in x ? null : x)),
    forward,
    save: ({ args: [self, other] }: { args: [NumberOrTensor, NumberOrTensor] }) => ({
      self: asOperand(self),
      other: asOperand(other),
    }),
    backward,
    forwardMode,
    batch: 'elementwise' as const,
  };
  const methods = signature.startsWith('fm');
  const name = signature.slice(signature.indexOf(' ') + 1);
  const run = op(`${signature}(Tensor input, Tensor other) -> Tensor`, { ...rule, node: `${node}0` });
  op(`f ${name}(Scalar self, Tensor other) -> Tensor`, { ...rule, node: `${node}1` });
  op(`${methods ? 'fm' : 'f'} ${name}(Tensor input, Scalar other) -> Tensor`, { ...rule, node: `${node}2` });
  return run;
}

/** x · log y and the like: 0 where x is 0, whatever the logarithm is, unless y is NaN. */
function weighted(
  signature: string,
  node: string,
  logarithm: (y: number) => number,
  edge: number,
  shift: number,
) {
  const run: Binary = ofTwo(
    signature,
    node,
    (x, y) => (Number.isNaN(y) ? y : x === 0 ? 0 : x * logarithm(y)),
    (grad, { self, other }, needs) => {
      const undefinedSlope = mapBinary(self, other, bool, (x, y) => (x === 0 && y <= edge ? 1 : 0));
      const divisor = shift === 0 ? other : addScalar(other, scalar(shift, INTEGER));
      return [
        needs[0] ? maskedFill(run(grad, other), undefinedSlope, scalar(0)) : null,
        needs[1] ? div(mul(grad, self), divisor) : null,
      ];
    },
  );
  return run;
}
export const xlogy = weighted('fm xlogy', 'XlogyBackward', Math.log, 0, 0);
register('f special.xlogy(Tensor input, Tensor other) -> Tensor', xlogy);
weighted('f special.xlog1py', 'SpecialXlog1PyBackward', Math.log1p, -1, 1);

/** Hurwitz' ζ(x, q) = Σₖ (k + q)⁻ˣ */
const zeta: Binary = ofTwo(
  'f special.zeta',
  'SpecialZetaBackward',
  zetaOf,
  (grad, { self, other }, needs) => [
    needs[0] ? noDerivative('zeta') : null,
    needs[1] ? mul(mul(grad, neg(self)), zeta(addScalar(self, ONE), other)) : null,
  ],
  { refused: 'special_zeta' },
);

const noDerivative = (what: string): never =>
  fail(`the derivative for '${what}' is not implemented.`, 'NotImplementedError');

// The incomplete gamma functions, whose derivative with respect to the first argument has no closed form.
for (const [name, f, alias, sign] of [
  ['igamma', igammaOf, 'gammainc', 1],
  ['igammac', igammacOf, 'gammaincc', -1],
] as const) {
  const run = op(`fm ${name}(Tensor input, Tensor other) -> Tensor`, {
    forward: (self: Tensor, other: Tensor) => {
      return binaryMap(self, other, commonType(`${name}_cpu`, isFloating, self, other), f);
    },
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }, needs) => {
      if (needs[0]) noDerivative(`${name}: input`);
      const exponent = sub(sub(mul(subScalar(self, ONE), log(other)), other), lgamma(self));
      return [null, mul(sign === 1 ? grad : neg(grad), exp(exponent))];
    },
    forwardMode: { refused: name },
    batch: 'elementwise',
  });
  register(`f special.${alias}(Tensor input, Tensor other) -> Tensor`, run);
}
