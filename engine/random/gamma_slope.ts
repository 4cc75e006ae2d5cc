import { digammaIn } from '../ops/gamma_functions.ts';

// How a number x of the gamma distribution moves when the shape alpha does: -(dF/dalpha) / (dF/dx), where F(x, alpha)
// says how much of the distribution lies up to x. As PyTorch, by three approximations, each where it is good.

const digamma = digammaIn((x) => x);

/** Below this x a Taylor series is used. */
const SMALL = 0.8;
/** From this shape on, a saddle point approximation. */
const LARGE_SHAPE = 8;

export function gammaSlope(alpha: number, x: number): number {
  if (x < SMALL) return bySeries(alpha, x);
  return alpha > LARGE_SHAPE ? bySaddlePoint(alpha, x) : byRational(alpha, x);
}

function bySeries(alpha: number, x: number): number {
  let term = 1;
  let [sum, slopes] = [1 / alpha, 1 / alpha ** 2];
  for (let i = 1; i <= 5; i++) {
    term *= -x / i;
    sum += term / (alpha + i);
    slopes += term / (alpha + i) ** 2;
  }
  const power = x ** alpha;
  const density = x ** (alpha - 1) * Math.exp(-x);
  const slope = -((Math.log(x) - digamma(alpha)) * power * sum - power * slopes) / density;
  return Number.isNaN(slope) ? 0 : slope;
}

function bySaddlePoint(alpha: number, x: number): number {
  if (0.9 * alpha <= x && x <= 1.1 * alpha) {
    const outer = 1 + 24 * alpha * (1 + 12 * alpha);
    const inner =
      1440 * alpha * alpha + 6 * x * (53 - 120 * x) - (65 * x * x) / alpha + alpha * (107 + 3600 * x);
    return (outer * inner) / (1244160 * alpha ** 4);
  }
  const root = Math.sqrt(8 * alpha);
  const away = root / (alpha - x);
  const bend = (x - alpha - alpha * Math.log(x / alpha)) ** -1.5;
  const both = x < alpha ? away - bend : away + bend;
  const sum = Math.log(x / alpha) * both - (Math.sqrt(2 / alpha) * (alpha + x)) / (alpha - x) ** 2;
  const stirling = 1 + (1 / (12 * alpha)) * (1 + 1 / (24 * alpha));
  return (-stirling * x * sum) / root;
}

/** Powers of log(x / alpha) down, of log(alpha) across: four for the numerator, four for the denominator. */
const COEFFICIENTS = [
  [0.16009398, -0.094634809, 0.025146376, -0.0030648343, 1, 0.32668115, 0.10406089, 0.0014179084],
  [0.53487893, 0.1298071, 0.065735949, -0.0015649758, 0.16639465, 0.020070113, -0.0035938915, -0.00058392623],
  [
    0.040121004, -0.0065914022, -0.0026286047, -0.0013441777, 0.017050642, -0.0021309326, 0.00085092367,
    -1.5247877e-7,
  ],
];

function byRational(alpha: number, x: number): number {
  const u = Math.log(x / alpha);
  const v = Math.log(alpha);
  const across = COEFFICIENTS[0].map((c, i) => c + u * (COEFFICIENTS[1][i] + u * COEFFICIENTS[2][i]));
  const polynomial = (at: number): number =>
    across[at] + v * (across[at + 1] + v * (across[at + 2] + v * across[at + 3]));
  return Math.exp(polynomial(0) / polynomial(4));
}
