// Choosing among equal values: which of them topk, kthvalue, median and mode name (and give the gradient to) follows from
// the algorithm. These are the ones of PyTorch's C++: introselect and introsort of its standard library, and its own
// quickselect. They rearrange a list of positions.

/** Does the element at position `a` come before the one at `b`? */
export type Before = (a: number, b: number) => boolean;

function swap(list: number[], i: number, j: number): void {
  [list[i], list[j]] = [list[j], list[i]];
}

function medianToFirst(
  list: number[],
  result: number,
  a: number,
  b: number,
  c: number,
  before: Before,
): void {
  const [x, y, z] = [list[a], list[b], list[c]];
  if (before(x, y)) swap(list, result, before(y, z) ? b : before(x, z) ? c : a);
  else swap(list, result, before(x, z) ? a : before(y, z) ? c : b);
}

/** Parts [first, last) around the median of three; gives where the second part begins. */
function partition(list: number[], first: number, last: number, before: Before): number {
  medianToFirst(list, first, first + 1, first + Math.floor((last - first) / 2), last - 1, before);
  const pivot = list[first];
  let low = first + 1;
  let high = last;
  for (;;) {
    while (before(list[low], pivot)) low++;
    high--;
    while (before(pivot, list[high])) high--;
    if (low >= high) return low;
    swap(list, low, high);
    low++;
  }
}

function insertionSort(list: number[], first: number, last: number, before: Before): void {
  for (let i = first + 1; i < last; i++) {
    const value = list[i];
    let at = i;
    while (at > first && before(value, list[at - 1])) {
      list[at] = list[at - 1];
      at--;
    }
    list[at] = value;
  }
}

/** Brings the element that would stand at `nth` there, smaller ones before it and larger ones behind. */
export function nthElement(list: number[], nth: number, before: Before): void {
  let first = 0;
  let last = list.length;
  while (last - first > 3) {
    const cut = partition(list, first, last, before);
    if (cut <= nth) first = cut;
    else last = cut;
  }
  insertionSort(list, first, last, before);
}

const SMALL = 16;

/** Sorts [0, end); equal elements don't keep their order where there are more than 16. */
export function introSort(list: number[], end: number, before: Before): void {
  const parts: [number, number][] = [[0, end]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [first, last] = part;
    if (last - first <= SMALL) continue;
    const cut = partition(list, first, last, before);
    parts.push([first, cut], [cut, last]);
  }
  insertionSort(list, 0, end, before);
}

/** PyTorch's own: brings the `k`-th smallest element to place `k`. `after` orders, NaN last. */
export function quickSelect(list: number[], k: number, after: Before): void {
  let left = 0;
  let right = list.length - 1;
  while (right > left) {
    if (right === left + 1) {
      if (after(list[left], list[right])) swap(list, left, right);
      return;
    }
    swap(list, left + Math.floor((right - left) / 2), left + 1);
    if (after(list[left + 1], list[right])) swap(list, left + 1, right);
    if (after(list[left], list[right])) swap(list, left, right);
    if (after(list[left + 1], list[left])) swap(list, left + 1, left);
    let i = left + 1;
    let j = right;
    const pivot = list[left];
    for (;;) {
      do i++;
      while (after(pivot, list[i]));
      do j--;
      while (after(list[j], pivot));
      if (j < i) break;
      swap(list, i, j);
    }
    swap(list, left, j);
    if (j <= k) left = i;
    if (j >= k) right = j - 1;
  }
}
