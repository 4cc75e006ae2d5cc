import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { exerciseSchema } from './exercise-kinds/schema.ts';

const sentence = (what: string) =>
  z
    .string({ error: `${what} is missing` })
    .trim()
    .min(1, `${what} is empty`)
    .regex(/[.?!]$/, `${what} should be a whole sentence, with its full stop`);

/** A lesson: `content/lessons/NN-words/lesson.mdx`. Its folder's name is its address. */
const lessons = defineCollection({
  loader: glob({
    base: './content/lessons',
    pattern: '*/lesson.mdx',
    generateId: ({ entry }) => entry.replace(/\/lesson\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: z.string({ error: '`title` is missing' }).min(1, '`title` is empty'),
    description: sentence('`description`'),
    order: z.number({ error: '`order` is the number of the lesson' }).int().positive(),
    part: z.number({ error: '`part` is the number of a part in content/course.yaml' }).int().positive(),
    rule: sentence('`rule`'),
  }),
});

const plannedLesson = z.strictObject({
  order: z.number().int().positive(),
  title: z.string().min(1),
  about: sentence('`about`'),
});

/** The parts of the course and everything planned for them: `content/course.yaml`. */
const parts = defineCollection({
  loader: file('content/course.yaml'),
  schema: z.strictObject({
    id: z.number().int().positive(),
    title: z.string().min(1),
    about: sentence('`about`'),
    lessons: z.array(plannedLesson),
  }),
});

/** An exercise: `content/lessons/NN-words/exercises/words/exercise.yaml`. Its id is `NN-words/words`. */
const exercises = defineCollection({
  loader: glob({
    base: './content/lessons',
    pattern: '*/exercises/*/exercise.yaml',
    generateId: ({ entry }) => entry.replace('/exercises/', '/').replace(/\/exercise\.yaml$/, ''),
  }),
  schema: exerciseSchema,
});

export const collections = { exercises, lessons, parts };
