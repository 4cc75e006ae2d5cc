/** What the page fetches when an answer is first checked. */
export interface ExerciseMaterial {
  check: string;
  solution: string;
  /** By file name; messages are HTML. */
  mistakes: Record<string, { message: string; program: string }>;
}

export async function fetchMaterial<Material = ExerciseMaterial>(address: string): Promise<Material> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
  return response.json();
}
