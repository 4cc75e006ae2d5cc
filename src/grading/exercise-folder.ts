import { exercisesOnDisk } from '../exercise-kinds/on-disk.ts';
import { type ExerciseFolder, takenApart } from './exercise-programs.ts';

export type { ExerciseFolder } from './exercise-programs.ts';

/** All programs to write or to repair. */
export function exerciseFolders(): ExerciseFolder[] {
  return exercisesOnDisk()
    .filter(({ text }) => text.kind === 'code' || text.kind === 'repair')
    .map(takenApart);
}
