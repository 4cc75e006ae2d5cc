import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { exerciseMaterial } from '../../../../course/exercise-material.ts';

interface Props {
  lesson: string;
  id: string;
}

export async function getStaticPaths() {
  const exercises = await getCollection('exercises');
  return exercises.map((exercise) => {
    const [lesson, id] = exercise.id.split('/');
    return { params: { slug: lesson, id }, props: { lesson, id } satisfies Props };
  });
}

/** The checks, solution and mistakes of an exercise, which a page fetches when an answer is first checked. */
export const GET: APIRoute<Props> = async ({ props: { lesson, id } }) =>
  Response.json(await exerciseMaterial(lesson, id));
