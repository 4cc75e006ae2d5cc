import { z } from 'astro/zod';
import { chooseSchema } from './choose/schema.ts';
import { codeSchema } from './code/schema.ts';
import { locateSchema } from './locate/schema.ts';
import { orderSchema } from './order/schema.ts';
import { predictSchema } from './predict/schema.ts';
import { repairSchema } from './repair/schema.ts';

const byKind = z.discriminatedUnion(
  'kind',
  [codeSchema, repairSchema, predictSchema, chooseSchema, orderSchema, locateSchema],
  { error: '`kind` is one of code, repair, predict, choose, order, locate' },
);

/** What an `exercise.yaml` says. One that names no kind is about writing a program. */
export const exerciseSchema = z.preprocess(
  (text) =>
    typeof text === 'object' && text !== null && !('kind' in text) ? { ...text, kind: 'code' } : text,
  byKind,
);

export type ExerciseText = z.infer<typeof byKind>;
export type KindName = ExerciseText['kind'];
/** The text of an exercise of one kind. */
export type TextOf<Name extends KindName> = Extract<ExerciseText, { kind: Name }>;
