import { z } from 'astro/zod';
import { commonSchema, markdown } from '../common-schema.ts';

/** A program to write: `starter.py`, `solution.py`, `check.py` and `mistakes/` stand beside it. */
export const codeSchema = commonSchema.extend({
  kind: z.literal('code'),
  /** 1: finish a line, 2: change a program, 3: write it from nothing. */
  difficulty: z.number({ error: '`difficulty` is 1, 2 or 3' }).int().min(1).max(3),
  hints: z
    .array(markdown('a hint'), { error: '`hints` is missing' })
    .min(1, 'an exercise needs at least one hint'),
  /** Why the solution is written the way it is. */
  why: markdown('`why`').optional(),
});
