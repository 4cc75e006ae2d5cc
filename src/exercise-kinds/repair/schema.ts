import { z } from 'astro/zod';
import { codeSchema } from '../code/schema.ts';

/** A program that goes wrong and is to be mended. What PyTorch says of `starter.py` stands beside it. */
export const repairSchema = codeSchema.extend({ kind: z.literal('repair') });
