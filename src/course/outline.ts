import { type CollectionEntry, getCollection } from 'astro:content';
import { lessonUrl } from './url.ts';

export interface OutlineLesson {
  order: number;
  title: string;
  about: string;
  /** Absent while the lesson is still to be written. */
  slug?: string;
  href?: string;
  /** The keys (`lesson/exercise`) of its exercises. */
  exercises: string[];
}

export interface OutlinePart {
  number: number;
  title: string;
  about: string;
  lessons: OutlineLesson[];
}

/** The whole course in order: lessons that exist with their address, planned ones without. */
export async function courseOutline(): Promise<OutlinePart[]> {
  const written = await writtenLessons();
  const exercises = (await getCollection('exercises')).map(({ id }) => id);
  const parts = (await getCollection('parts')).sort((a, b) => a.data.id - b.data.id);
  const known = new Set(parts.map((part) => part.data.id));
  for (const lesson of written) {
    if (!known.has(lesson.data.part)) {
      throw new Error(`${lesson.filePath}: part ${lesson.data.part} is not in content/course.yaml`);
    }
  }
  return parts.map(({ data: part }) => {
    const here = written
      .filter((lesson) => lesson.data.part === part.id)
      .map((lesson) => asOutline(lesson, exercises));
    const taken = new Set(here.map((lesson) => lesson.order));
    const coming = part.lessons
      .filter((lesson) => !taken.has(lesson.order))
      .map((lesson) => ({ ...lesson, exercises: [] }));
    const lessons = [...here, ...coming].sort((a, b) => a.order - b.order);
    return { number: part.id, title: part.title, about: part.about, lessons };
  });
}

/** The lessons that exist, in the order in which they are read. */
export async function writtenLessons(): Promise<CollectionEntry<'lessons'>[]> {
  const lessons = (await getCollection('lessons')).sort((a, b) => a.data.order - b.data.order);
  lessons.slice(1).forEach((lesson, i) => {
    if (lesson.data.order === lessons[i].data.order) {
      throw new Error(
        `${lesson.filePath}: order ${lesson.data.order} is also that of ${lessons[i].filePath}`,
      );
    }
  });
  return lessons;
}

function asOutline({ id, data }: CollectionEntry<'lessons'>, allExercises: string[]): OutlineLesson {
  const { order, title, description: about } = data;
  const exercises = allExercises.filter((key) => key.startsWith(`${id}/`));
  return { order, title, about, slug: id, href: lessonUrl(id), exercises };
}
