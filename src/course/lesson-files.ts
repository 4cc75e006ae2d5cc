const programs = import.meta.glob<string>('/content/lessons/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const recordings = import.meta.glob<string>('/content/lessons/**/*.{out,err}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const graphs = import.meta.glob<string>('/content/lessons/*/exercises/*/graph.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const pathOf = (lesson: string, file: string): string => `/content/lessons/${lesson}/${file}`;

/** A Python file of a lesson, without the newline at its end. Throws, naming the file, when it is not there. */
export function program(lesson: string, file: string): string {
  const path = pathOf(lesson, file);
  const source = programs[path];
  if (source === undefined) throw new Error(`${path.slice(1)} does not exist, but the lesson shows it`);
  return source.replace(/\s+$/, '');
}

/** The programs and recordings of a folder of a lesson, by their path in it. */
export function filesIn(lesson: string, folder: string): Record<string, string> {
  const start = pathOf(lesson, `${folder}/`);
  const all = Object.entries({ ...programs, ...recordings, ...graphs });
  const found = all.filter(([path]) => path.startsWith(start));
  return Object.fromEntries(found.map(([path, source]) => [path.slice(start.length), source]));
}

export interface Recording {
  stdout: string;
  stderr: string;
}

/** What PyTorch printed for a Python file of a lesson: `name.out`, and `name.err` when it raised. */
export function recording(lesson: string, file: string): Recording {
  const stem = pathOf(lesson, file).replace(/\.py$/, '');
  const stdout = recordings[`${stem}.out`];
  const stderr = recordings[`${stem}.err`];
  if (stdout === undefined && stderr === undefined) {
    throw new Error(`${stem.slice(1)}.out does not exist: record what PyTorch prints for ${file}`);
  }
  return { stdout: stdout ?? '', stderr: stderr ?? '' };
}
