const torch = import.meta.glob<string>('../../engine/torch/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const runner = import.meta.glob<string>('./python/*.py', { query: '?raw', import: 'default', eager: true });
const grader = import.meta.glob<string>('../grading/python/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every Python file of ours, by its path in site-packages. */
export const pythonFiles: Readonly<Record<string, string>> = {
  ...below('../../engine/', torch),
  ...below('./python/', runner),
  ...below('../grading/python/', grader),
};

function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path.slice(folder.length), text]));
}
