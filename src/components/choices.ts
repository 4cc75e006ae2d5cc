/**
 * A list of options, as it stands in the page without scripts, becomes a group of radio buttons or checkboxes.
 *
 * Each has the place of its option as its value.
 */
export function offerChoices(place: HTMLElement, type: 'radio' | 'checkbox'): HTMLInputElement[] {
  const name = `choice-${crypto.randomUUID()}`;
  return [...place.querySelectorAll('.option-choice')].map((choice, i) => {
    const box = Object.assign(document.createElement('input'), { type, name, value: `${i}` });
    box.className = 'visually-hidden';
    const label = document.createElement('label');
    label.className = choice.className;
    label.append(box, ...choice.childNodes);
    choice.replaceWith(label);
    return box;
  });
}
