import { Generator } from './generator.ts';

/** Python holds a generator by its number; 0 is the one that is used unless another is given. */
let generators = new Map<number, Generator>([[0, new Generator()]]);
let nextNumber = 1;

export const generatorOf = (number: number): Generator => generators.get(number) ?? defaultGenerator();
export const defaultGenerator = (): Generator => generators.get(0) as Generator;

export function addGenerator(): number {
  generators.set(nextNumber, new Generator());
  return nextNumber++;
}

export function removeGenerator(number: number): void {
  generators.delete(number);
}

/** A fresh world: the default generator alone, with a seed that nobody can foresee. */
export function resetGenerators(): void {
  generators = new Map([[0, new Generator(BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)))]]);
}
