import type { Workload } from './workloads.ts';

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The seconds of one run, measured over and over for so long, after a warm-up as long. */
export function sample({ run }: Workload, seconds: number): number[] {
  let repeats = 1;
  const now = (): number => performance.now() / 1000;
  for (const end = now() + seconds; now() < end; ) {
    const started = now();
    for (let i = 0; i < repeats; i++) run();
    if (now() - started < 0.002) repeats *= 2;
  }
  const times: number[] = [];
  for (const end = now() + seconds; times.length === 0 || now() < end; ) {
    const started = now();
    for (let i = 0; i < repeats; i++) run();
    times.push((now() - started) / repeats);
  }
  return times;
}
