import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { exerciseOf, factsOf } from '../../../../course/exercises.ts';

interface Props {
  key: string;
}

export async function getStaticPaths() {
  const exercises = await getCollection('exercises');
  return exercises.map(({ id: key }) => {
    const [lesson, id] = key.split('/');
    return { params: { slug: lesson, id }, props: { key } satisfies Props };
  });
}

/** What is right and what is wrong in an exercise, which a page fetches when an answer is first checked. */
export const GET: APIRoute<Props> = async ({ props: { key } }) =>
  Response.json(await factsOf(await exerciseOf(key)));
