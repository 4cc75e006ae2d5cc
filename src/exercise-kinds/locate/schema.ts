import { z } from 'astro/zod';
import { answered, commonSchema, markdown } from '../common-schema.ts';

/** A node of the graph that `program.py` builds, to be pointed at. The graph is recorded in `graph.json`. */
export const locateSchema = commonSchema.extend({
  kind: z.literal('locate'),
  /** The name of the node. */
  answer: markdown('`answer`'),
  /** By the name of each node: a sentence for those who point at it. */
  nodes: z.record(z.string(), markdown('a sentence on a node')),
  ...answered,
});
